package io.github.flux4j.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.Some;

/**
 * A cluster as {@code local-cluster[2,1,1024]} is one, but for its workers' names: Spark does a task twice only where the other attempt is on another
 * host.
 */
final class TwoHosts implements AutoCloseable {

    static final String ONE = "127.0.0.1";
    static final String OTHER = "localhost";

    private final RpcEnv master;
    private final RpcEnv[] workers;

    TwoHosts(SparkConf conf) {
        master = Master.startRpcEnvAndEndpoint(ONE, 0, 0, conf)._1();
        workers = new RpcEnv[] {worker(ONE, 1, conf), worker(OTHER, 2, conf)};
    }

    private RpcEnv worker(String host, int number, SparkConf conf) {
        return Worker.startRpcEnvAndEndpoint(
                host, 0, 0, 1, 1024, new String[] {url()}, null, new Some<>(number), conf, Option.empty());
    }

    String url() {
        return "spark://" + ONE + ":" + master.address().port();
    }

    @Override
    public void close() {
        for (RpcEnv worker : workers) {
            worker.shutdown();
        }
        master.shutdown();
        master.awaitTermination();
    }
}
