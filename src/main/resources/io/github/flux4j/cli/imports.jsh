import static io.github.flux4j.Flux4j.*;
import io.github.flux4j.data.*;
import io.github.flux4j.layers.*;
import io.github.flux4j.losses.*;
import io.github.flux4j.optimise.*;
import io.github.flux4j.train.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
