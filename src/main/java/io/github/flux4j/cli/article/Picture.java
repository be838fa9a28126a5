package io.github.flux4j.cli.article;

import io.github.flux4j.cli.article.ArticleResult.Moment;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The article's picture: the data with the line before, after one pass and at the end; beside it the loss after each pass. */
final class Picture {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 400;
    private static final int LEFT = 500; // width of the data's chart
    private static final int LEGEND = 36; // its height
    private static final int INDENT = 50; // of the legend
    private static final int SCALE = 2; // sharp on today's screens

    // Okabe and Ito's colours, told apart by colour-blind readers too
    private static final Color BEFORE = new Color(0x999999);
    private static final Color FIRST = new Color(0xE69F00);
    private static final Color LAST = new Color(0x0072B2);
    private static final Color TEXT = new Color(0x333333);
    private static final Color GRID = new Color(0xE6E6E6);

    private static final Stroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);
    private static final Stroke SOLID = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final Shape DOT = new Ellipse2D.Double(-4, -4, 8, 8);
    private static final Shape SMALL_DOT = new Ellipse2D.Double(-3, -3, 6, 6);
    private static final int DOTS_AT_MOST = 60;
    private static final double LOGARITHMIC_FROM = 1000; // largest over smallest loss

    private final ArticleOptions options;
    private final ArticleResult result;

    Picture(ArticleOptions options, ArticleResult result) {
        this.options = options;
        this.result = result;
    }

    /** As PNG. */
    byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setPaint(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        draw(graphics);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) { // given a stream, it would make a file
            ImageIO.write(image, "png", out);
        }
        return png.toByteArray();
    }

    /** The legend is drawn apart from the charts, so that their plots are of one height. */
    private void draw(Graphics2D graphics) {
        int charts = HEIGHT - LEGEND;
        JFreeChart fit = chart("Data and line", fit());
        fit.draw(graphics, new Rectangle2D.Double(0, 0, LEFT, charts));
        chart("Loss", loss()).draw(graphics, new Rectangle2D.Double(LEFT, 0, WIDTH - LEFT, charts));
        LegendTitle legend = new LegendTitle(fit.getPlot());
        legend.setItemFont(font(Font.PLAIN, 13));
        legend.setItemPaint(TEXT);
        legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
        Size2D size = legend.arrange(graphics, new RectangleConstraint(WIDTH - INDENT, LEGEND));
        legend.draw(graphics, new Rectangle2D.Double(INDENT, charts, size.width, size.height));
    }

    private XYPlot fit() {
        XYSeriesCollection series = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
        addLine(series, renderer, "before training", result.initial(), BEFORE, DASHED);
        addLine(series, renderer, "after one pass", result.first(), FIRST, SOLID);
        addLine(series, renderer, "at the end", result.last(), LAST, SOLID);
        addPoints(series, renderer, "training data", options.train.values(), true);
        addPoints(series, renderer, "test data", options.test.values(), false);
        XYPlot plot = new XYPlot(series, axis("x"), axis("y"), renderer);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD); // what comes later lies above
        return plot;
    }

    /** Fitted to the data, with room for the dots at its ends. */
    private static NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeStickyZero(false);
        return axis;
    }

    private void addPoints(
            XYSeriesCollection series, XYLineAndShapeRenderer renderer, String name, double[] xs, boolean filled) {
        int index = add(series, name, xs, x -> options.slope * x + options.intercept);
        renderer.setSeriesLinesVisible(index, false);
        renderer.setSeriesShape(index, DOT);
        renderer.setSeriesShapesFilled(index, filled);
        renderer.setSeriesPaint(index, TEXT);
    }

    private void addLine(
            XYSeriesCollection series,
            XYLineAndShapeRenderer renderer,
            String name,
            Moment moment,
            Color color,
            Stroke stroke) {
        double[] ends = ends();
        int index = add(series, name, ends, moment::predict);
        renderer.setSeriesShapesVisible(index, false);
        renderer.setSeriesPaint(index, color);
        renderer.setSeriesStroke(index, stroke);
    }

    private static int add(XYSeriesCollection collection, String name, double[] xs, DoubleUnaryOperator f) {
        XYSeries series = new XYSeries(name);
        for (double x : xs) {
            series.add(x, f.applyAsDouble(x));
        }
        collection.addSeries(series);
        return collection.getSeriesCount() - 1;
    }

    private double[] ends() {
        var all = DoubleStream.concat(DoubleStream.of(options.train.values()), DoubleStream.of(options.test.values()))
                .summaryStatistics();
        return new double[] {all.getMin(), all.getMax()};
    }

    private XYPlot loss() {
        double[] losses = result.allLosses();
        XYSeries series = new XYSeries("loss");
        for (int pass = 0; pass < losses.length; pass++) {
            series.add(pass, losses[pass]);
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, losses.length <= DOTS_AT_MOST);
        renderer.setSeriesPaint(0, LAST);
        renderer.setSeriesStroke(0, SOLID);
        renderer.setSeriesShape(0, SMALL_DOT);
        NumberAxis passes = axis("passes over the data");
        passes.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return new XYPlot(new XYSeriesCollection(series), passes, lossAxis(losses), renderer);
    }

    private static ValueAxis lossAxis(double[] losses) {
        var range = DoubleStream.of(losses).summaryStatistics();
        if (range.getMin() <= 0 || range.getMax() / range.getMin() < LOGARITHMIC_FROM) {
            NumberAxis axis = axis("mean squared error");
            axis.setAutoRangeIncludesZero(true);
            return axis;
        }
        LogAxis axis = new LogAxis("mean squared error");
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits()); // whole powers of ten
        return axis;
    }

    private static JFreeChart chart(String title, XYPlot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        style(plot.getDomainAxis());
        style(plot.getRangeAxis());
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        TextTitle heading = new TextTitle(title, font(Font.BOLD, 15));
        heading.setPaint(TEXT);
        heading.setMargin(4, 0, 8, 0);
        chart.setTitle(heading);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 10, 8, 14));
        chart.setAntiAlias(true);
        return chart;
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(font(Font.PLAIN, 13));
        axis.setLabelPaint(TEXT);
        axis.setTickLabelFont(font(Font.PLAIN, 12));
        axis.setTickLabelPaint(TEXT);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
