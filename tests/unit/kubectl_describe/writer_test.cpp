#include "engine/kubectl/describe/writer.h"

#include <catch2/catch_test_macros.hpp>

namespace kubetab::kubectl::describe {
namespace {

TEST_CASE("Cells under each other form a column two spaces wider than the widest") {
    CHECK(align_columns("Name:\tweb\nNamespace:\tdefault\n") == "Name:       web\nNamespace:  default\n");
}

TEST_CASE("A line without the cell ends the column") {
    CHECK(align_columns("Name:\tx\nIPs:\n  IP:\t1.2.3.4\nControlled By:\ty\n") ==
          "Name:  x\nIPs:\n  IP:           1.2.3.4\nControlled By:  y\n");
}

TEST_CASE("A second column is measured only where it exists") {
    CHECK(align_columns("Port:\t<unset>\t80/TCP\nTargetPort:\t80/TCP\nNodePort:\t<unset>\t30000/TCP\n") ==
          "Port:        <unset>  80/TCP\nTargetPort:  80/TCP\nNodePort:    <unset>  30000/TCP\n");
}

TEST_CASE("Flush ends all columns") {
    Writer writer;
    writer.field(0, "A long name", "x");
    writer.flush();
    writer.field(0, "B", "y");
    CHECK(writer.take() == "A long name:  x\nB:  y\n");
}

}  // namespace
}  // namespace kubetab::kubectl::describe
