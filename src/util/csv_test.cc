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

struct Line {
    std::int64_t number;
    std::vector<std::string> cells;
    bool operator==(const Line&) const = default;
};

// Read in pieces of so many bytes.
std::vector<Line> Read(std::string_view text, std::size_t piece, char separator = ',') {
    std::vector<Line> lines;
    CsvReader reader(separator, [&](std::int64_t number, std::vector<std::string> cells) {
        lines.push_back({number, std::move(cells)});
        return true;
    });
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        reader.Read(text.substr(0, piece));
    reader.End();
    if (reader.broken_at() != 0) lines.push_back({-reader.broken_at(), {}});
    return lines;
}

// BULK-2
TEST(Csv, ReadsLinesInWhateverPiecesTheyCome) {
    const std::vector<Line> lines = {{1, {"a", "b"}}, {2, {"1\r\n2", "x,\"y\""}}, {5, {"3", ""}}};
    for (const std::size_t piece : {1, 2, 3, 7, 100})
        EXPECT_EQ(Read("a,b\r\n\"1\r\n2\", \"x,\"\"y\"\"\"\n\n3,", piece), lines) << piece;
    EXPECT_EQ(Read("a;b\n1;2", 100, ';'), (std::vector<Line>{{1, {"a", "b"}}, {2, {"1", "2"}}}));
}

// BULK-2
TEST(Csv, SaysWhichQuoteIsNeverClosed) {
    EXPECT_EQ(Read("a\n\"b\nc\n", 2), (std::vector<Line>{{1, {"a"}}, {-2, {}}}));
    EXPECT_EQ(Read("a\n\"" + std::string(1 << 20, 'x'), 4096),
              (std::vector<Line>{{1, {"a"}}, {-2, {}}}));
}

// BULK-2
TEST(Csv, WhatWasGuardedIsReadAsItWas) {
    EXPECT_EQ(Unguarded("'=1+1"), "=1+1");
    EXPECT_EQ(Unguarded("'tis"), "'tis");
    EXPECT_EQ(Unguarded("'"), "'");
}

}  // namespace
}  // namespace ostiary
