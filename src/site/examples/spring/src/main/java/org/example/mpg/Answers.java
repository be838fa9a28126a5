package org.example.mpg;

import io.github.flux4j.predict.Predictor;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** GET /mpg with a car's columns: the prediction, and the bounds that hold nine of ten new cars. */
@RestController
class Answers {

    record Answer(double mpg, double low, double high) {}

    private final CurrentModel current;

    Answers(CurrentModel current) {
        this.current = current;
    }

    @GetMapping("/mpg")
    Answer mpg(@RequestParam Map<String, String> car) {
        Predictor model = current.get()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the first training hasn't ended"));
        try {
            double[] bounds = model.interval(car, 0.9);
            return new Answer(model.predict(car), bounds[0], bounds[1]);
        } catch (IllegalArgumentException e) { // a column that is not there, a text where a number belongs
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage());
        }
    }
}
