package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.flux4j.ChildJvm;
import java.io.File;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that deploys an application with flux4j time after time, itself having ND4J, is left with what it had after the first time. */
@Tag("process")
class RedeploymentTest {

    /** Of the JVM's own classes: more of them are loaded as it goes on. */
    private static final double SOME = 5;

    private static final String TESTS = "target/flux4j-cli/test-classes";

    /** Class loaders that are still there, threads, classes. */
    private record Left(int loaders, int threads, int classes) {}

    @Test
    void twentyRedeploymentsLeaveTheClassesAndThreadsOfOne() throws Exception {
        List<Left> left = redeployed(20);

        assertThat(left.get(1).loaders()).isLessThanOrEqualTo(1); // that of the JDK's, in Redeployments
        assertThat(left.get(1).threads()).isLessThanOrEqualTo(left.get(0).threads());
        assertThat(left.get(1).classes()).isCloseTo(left.get(0).classes(), withinPercentage(SOME));
    }

    @Test
    void twoApplicationsAtOnceEachWithAFlux4jOfItsOwnWorkBesideEachOther() throws Exception {
        ChildJvm server = ChildJvm.run(
                TESTS,
                Neighbours.class.getName(),
                ConsumerClassPath.below("flux4j-interop"),
                ConsumerClassPath.ours("flux4j-interop") + File.pathSeparator + TESTS,
                Deployed.class.getName());
        assertThat(server.code()).as(server.err()).isZero();
        List<String> lines = server.out().lines().toList();
        assertThat(lines).containsExactly(lines.get(0), "worked", "worked", lines.get(0));
    }

    private static List<Left> redeployed(int times) throws Exception {
        ChildJvm server = ChildJvm.run(
                TESTS,
                "-XX:TieredStopAtLevel=1", // each deployment is over before more would pay
                "-XX:+UseSerialGC",
                Redeployments.class.getName(),
                String.valueOf(times),
                ConsumerClassPath.below("flux4j-interop"),
                ConsumerClassPath.ours("flux4j-interop") + File.pathSeparator + TESTS,
                Deployed.class.getName());
        assertThat(server.code()).as(server.err()).isZero();
        return server.out().lines().map(RedeploymentTest::left).toList();
    }

    private static Left left(String line) {
        Scanner numbers = new Scanner(line);
        return new Left(numbers.nextInt(), numbers.nextInt(), numbers.nextInt());
    }
}
