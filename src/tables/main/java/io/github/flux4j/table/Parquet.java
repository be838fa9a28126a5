package io.github.flux4j.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Parquet files, read by DuckDB's JDBC driver if that is on the class path. */
final class Parquet {

    private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String DATABASE = "jdbc:duckdb:";

    private Parquet() {}

    static boolean is(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(MARK.length), MARK);
        }
    }

    static Table read(Path file) throws IOException {
        if (DriverManager.drivers().noneMatch(Parquet::isDuckDb)) {
            throw new IOException(
                    file.getFileName()
                            + " is a Parquet file, but DuckDB's driver, which reads it, isn't on the class path; add org.duckdb:duckdb_jdbc, or convert the file to CSV");
        }
        String literal = "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
        try (Connection database = DriverManager.getConnection(DATABASE);
                Statement query = database.createStatement();
                ResultSet rows = query.executeQuery("SELECT * FROM read_parquet(" + literal + ")")) {
            return Table.of(rows);
        } catch (SQLException e) {
            throw new IOException(file.getFileName() + " can't be read as Parquet: " + e.getMessage(), e);
        }
    }

    private static boolean isDuckDb(java.sql.Driver driver) {
        try {
            return driver.acceptsURL(DATABASE);
        } catch (SQLException e) {
            return false;
        }
    }
}
