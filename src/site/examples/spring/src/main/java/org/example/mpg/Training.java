package org.example.mpg;

import static io.github.flux4j.learn.Learn.regressor;

import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The job. Where it fails, the scheduler logs why, and the service keeps the model that it has. */
@Component
class Training {

    private final CurrentModel current;
    private final Path cars;
    private final int networks;

    Training(CurrentModel current, @Value("${cars}") Path cars, @Value("${networks:10}") int networks) {
        this.current = current;
        this.cars = cars;
        this.networks = networks;
    }

    /** When the service starts, and every night at three. */
    @Scheduled(initialDelay = 0)
    @Scheduled(cron = "0 0 3 * * *")
    void train() throws IOException {
        FittedRegressor model = regressor().networks(networks).fit(Table.read(cars), "Miles_per_Gallon");
        current.replaceBy(model);
    }
}
