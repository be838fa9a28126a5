package io.github.flux4j.internal.fit;

import io.github.flux4j.optimise.Rule;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of a rule by name. */
public final class RuleComponents {

    private RuleComponents() {}

    /** The components of type double; none of a rule that is no record. */
    static Map<String, Double> of(Rule rule) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (rule instanceof Record) {
            for (RecordComponent component : rule.getClass().getRecordComponents()) {
                if (component.getType() == double.class) {
                    numbers.put(component.getName(), value(component, rule));
                }
            }
        }
        return numbers;
    }

    private static double value(RecordComponent component, Rule rule) {
        try {
            component.getAccessor().setAccessible(true);
            return (double) component.getAccessor().invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("can't read " + component.getName() + " of " + rule, e);
        }
    }
}
