package io.github.flux4j.cli;

import io.github.flux4j.format.NumberFeature;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number as it is written in files, too. */
final class PlainNumber implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        double number = NumberFeature.parse(text);
        if (Double.isNaN(number)) {
            throw new TypeConversionException("expected a number such as 0.9, but got '" + text + "'");
        }
        return number;
    }
}
