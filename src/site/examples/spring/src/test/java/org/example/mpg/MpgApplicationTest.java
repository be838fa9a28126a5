package org.example.mpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MpgApplicationTest {

    private static final String CAR = "/mpg?Cylinders=4&Displacement=97&Horsepower=88&Weight_in_lbs=2130&Acceleration=14.5&Year=1971-01-01&Origin=";

    @TempDir
    private static Path folder;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Training training;

    @Autowired
    private CurrentModel current;

    @DynamicPropertySource
    static void aModelOfItsOwn(DynamicPropertyRegistry properties) {
        properties.add("model", () -> folder.resolve("mpg.flux4j").toString());
        properties.add("networks", () -> "3");
    }

    @BeforeEach
    void untilTheFirstTrainingHasEnded() throws InterruptedException {
        while (current.get().isEmpty()) {
            assertThat(http.getForEntity(CAR + "Japan", String.class).getStatusCode().value()).isIn(200, 503);
            Thread.sleep(20);
        }
    }

    @Test
    void answersWithinTheBoundsOfItsInterval() {
        Answers.Answer answer = http.getForObject(CAR + "Japan", Answers.Answer.class);

        assertThat(answer.mpg()).isBetween(20.0, 35.0); // cars like it have 24 to 30
        assertThat(answer.low()).isLessThan(answer.mpg());
        assertThat(answer.high()).isGreaterThan(answer.mpg());
    }

    @Test
    void namesTheColumnThatIsMissing() {
        ResponseEntity<String> answer = http.getForEntity("/mpg?Horsepower=88", String.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody()).contains("a row must have");
    }

    @Test
    void answersWhileTheJobTrainsTheNextModel() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("mpg.flux4j"));
        Thread job = new Thread(this::train);
        job.start();
        while (job.isAlive()) {
            assertThat(http.getForEntity(CAR + "Europe", String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
        }
        assertThat(Files.readAllBytes(folder.resolve("mpg.flux4j"))).isNotEqualTo(before); // it holds its date
    }

    private void train() {
        try {
            training.train();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
