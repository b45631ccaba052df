package dev.vmtest.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class BoxDrawingTests {

    private static final String FILE = "a \"b\" <c> & d.yaml";

    private static final List<Box> BOXES = List.of(
            new Box("a", "first <b>", List.of("one", "two"), List.of(), FILE, List.of(3, 4)),
            new Box("b", "second", List.of("\u001b[31mred"), List.of("a"), FILE, List.of(7)),
            new Box("c", "nobody asks for it", List.of(), List.of("a", "gone")));

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aBoxIsBesideWhatItStandsOn() throws Exception {
        Document svg = parsed(BoxDrawing.svg("Some <title>", BOXES));
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        List<String> places = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            var box = svg.getElementsByTagName("rect").item(number).getAttributes();
            places.add(box.getNamedItem("x").getNodeValue() + " "
                    + box.getNamedItem("y").getNodeValue());
        }
        assertThat(places).containsExactly("10 10", "250 10", "250 56");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Some <title>", "first <b>: one, two", "\uFFFD[31mred");
    }

    @Test
    void whatIsWrongIsMarkedByTheLineThatAsksForIt() throws Exception {
        String svg = BoxDrawing.svg("Drawing", BOXES);
        assertThat(BoxDrawing.marked(svg, (file, line) -> false)).isEqualTo(svg);
        String marked = BoxDrawing.marked(svg, (file, line) -> file.equals(FILE) && line == 4);
        assertThat(marked)
                .contains("#b0 rect {", "#b0 .wrong { display: inline; }")
                .doesNotContain("#b1", "#b2");
        assertThat(parsed(marked).getElementsByTagName("style").getLength()).isEqualTo(2);
        assertThat(BoxDrawing.marked(svg, (file, line) -> file.equals("other.yaml")))
                .isEqualTo(svg);
    }

    @Test
    void whatIsNoSuchDrawingStaysAsItIs() {
        for (String other : List.of("", "<svg/>", "<g id=\"b1\" data-file=\"x\" data-places=\"1,,99999999999\">")) {
            assertThat(BoxDrawing.marked(other, (file, line) -> true)).isEqualTo(other);
        }
    }

    @Test
    @Timeout(20)
    void aThousandBoxesTakeNoTime() {
        List<Box> many = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            many.add(new Box("b" + number, "box", List.of(), number == 0 ? List.of() : List.of("b" + number / 2)));
        }
        assertThat(BoxDrawing.svg("Many", many)).endsWith("</svg>\n");
    }
}
