package io.github.flux4j.serve;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** A column as a field of the page's form: its typical value, and how one enters another. */
record Field(int place, Feature feature) {

    private static final int MOST_OPTIONS = 200;
    private static final int DIGITS = 6;

    /** What the form calls it: columns' names may be anything. */
    String key() {
        return "c" + place;
    }

    /** What is there most often, or in the middle. */
    String typical() {
        if (feature instanceof TextFeature text) {
            return text.typical();
        }
        NumberFeature number = (NumberFeature) feature;
        if (isTimeOfDay()) {
            return LocalTime.ofSecondOfDay((long) number.typical())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        }
        return number.isDate() ? date(number.typical()).toString() : Html.number(number.typical(), DIGITS);
    }

    private boolean isTimeOfDay() {
        return feature instanceof NumberFeature number && number.format().isTimeOfDay();
    }

    private static LocalDate date(double years) {
        LocalDate newYear = LocalDate.of((int) Math.floor(years), 1, 1);
        return newYear.plusDays(Math.round((years - Math.floor(years)) * newYear.lengthOfYear()));
    }

    /** The typical value as JSON has it. */
    String json() {
        boolean isNumber = feature instanceof NumberFeature number && !number.isDate() && !isTimeOfDay();
        return isNumber ? typical() : Answers.quoted(typical());
    }

    /** The field with a value in it; the empty text stands for a missing one. */
    String html(String value) {
        String label = "<label for=\"" + key() + "\">" + Html.text(feature.name()) + "</label>";
        boolean isList = feature instanceof TextFeature text && text.levels().size() <= MOST_OPTIONS;
        return label + (isList ? select((TextFeature) feature, value) : input(value)) + '\n';
    }

    private String select(TextFeature text, String value) {
        StringBuilder html = new StringBuilder("<select id=\"" + key() + "\" name=\"" + key() + "\">");
        for (String level : text.levels()) {
            if (!level.isEmpty()) {
                html.append(option(level, level, value));
            }
        }
        if (!text.refuses(null)) {
            html.append(option("", "unknown, or another", value));
        }
        return html.append("</select>").toString();
    }

    private static String option(String level, String shown, String value) {
        return "<option value=\"" + Html.attribute(level) + '"' + (level.equals(value) ? " selected" : "") + '>'
                + Html.attribute(shown) + "</option>";
    }

    private String input(String value) {
        String type = feature instanceof NumberFeature number
                ? isTimeOfDay() ? "type=\"time\"" : number.isDate() ? "type=\"date\"" : "type=\"number\" step=\"any\""
                : "type=\"text\"";
        return "<input id=\"" + key() + "\" name=\"" + key() + "\" " + type + " value=\"" + Html.attribute(value)
                + "\" autocomplete=\"off\">";
    }
}
