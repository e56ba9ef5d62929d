#include "util/csv.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

// REP-2
TEST(Csv, QuotesEveryCellAndDoublesQuotes) {
    EXPECT_EQ(CsvLine({"Club \"XYZ\", spring", "", "two\nlines"}),
              "\"Club \"\"XYZ\"\", spring\",\"\",\"two\nlines\"\r\n");
}

// REP-2
TEST(Csv, NothingInItIsAFormula) {
    for (const char* cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
        EXPECT_EQ(CsvLine({cell}), "\"'" + std::string(cell) + "\"\r\n");
    EXPECT_EQ(CsvLine({"a=1"}), "\"a=1\"\r\n");
}

}  // namespace
}  // namespace ostiary
