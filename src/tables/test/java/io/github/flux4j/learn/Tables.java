package io.github.flux4j.learn;

import io.github.flux4j.table.Column;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Tables made of others. */
final class Tables {

    private Tables() {}

    /** With a column more. */
    static Table with(Table table, Column column) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(column);
        return Table.of(columns.toArray(Column[]::new));
    }
}
