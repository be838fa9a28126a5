import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** ONNX Runtime behind the JDK's HTTP server, one row a request, to be compared with serve: java -cp … OnnxServer.java MODEL.onnx PORT. */
public class OnnxServer {

    public static void main(String[] args) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1); // a row is too little for more
        OrtSession session = environment.createSession(args[0], options);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])), 512);
        server.setExecutor(executor());
        server.createContext("/predict", exchange -> answer(exchange, environment, session));
        server.start();
    }

    /** As serve has it. */
    private static ExecutorService executor() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool();
        }
    }

    private static void answer(HttpExchange exchange, OrtEnvironment environment, OrtSession session) throws IOException {
        int status = 200;
        String text;
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            text = "{\"prediction\":" + predict(JsonParser.parseString(body).getAsJsonObject(), environment, session) + "}\n";
        } catch (Exception e) {
            status = 400;
            text = "{\"error\":" + new JsonPrimitive(String.valueOf(e.getMessage())) + "}\n";
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static float predict(JsonObject row, OrtEnvironment environment, OrtSession session) throws Exception {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (var input : session.getInputInfo().entrySet()) {
                JsonPrimitive value = row.getAsJsonPrimitive(input.getKey());
                boolean isText = ((TensorInfo) input.getValue().getInfo()).type.name().equals("STRING");
                Object tensor = isText ? new String[][] {{value.getAsString()}} : new float[][] {{number(value)}};
                inputs.put(input.getKey(), OnnxTensor.createTensor(environment, tensor));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                OnnxValue first = result.get(0);
                return ((float[][]) first.getValue())[0][0];
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** A date is its year and the share of that year that has gone. */
    private static float number(JsonPrimitive value) {
        if (value.isNumber()) {
            return value.getAsFloat();
        }
        LocalDate date = LocalDate.parse(value.getAsString());
        return (float) (date.getYear() + (date.getDayOfYear() - 1.0) / date.lengthOfYear());
    }
}
