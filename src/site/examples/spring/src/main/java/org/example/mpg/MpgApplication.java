package org.example.mpg;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Trains on the cars every night, and predicts miles per gallon at requests: GET /mpg?Horsepower=88&Origin=Japan. */
@SpringBootApplication
@EnableScheduling
public class MpgApplication {

    public static void main(String[] args) {
        SpringApplication.run(MpgApplication.class, args);
    }
}
