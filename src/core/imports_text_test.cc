#include "core/imports_text.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ostiary {
namespace {

// "columns|1:a,b|…", or the reason why it cannot be read.
std::string Read(std::string_view text, std::size_t piece) {
    std::ostringstream out;
    ImportReader reader([&](ImportLine line) {
        out << "|" << line.number << ":";
        for (std::size_t i = 0; i < line.cells.size(); ++i) out << (i ? "," : "") << line.cells[i];
        return true;
    });
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        if (!reader.Read(text.substr(0, piece))) break;
    const auto end = reader.End();
    if (!end.ok()) return end.error().fields.front().message;
    std::string columns;
    for (const std::string& column : reader.columns()) columns += column + " ";
    return columns + out.str();
}

// BULK-2
TEST(ImportText, SeparatorsAreThoseOfTheHeadings) {
    for (const std::size_t piece : {1, 3, 1000}) {
        EXPECT_EQ(Read("a,b\n1;2,3\n", piece), "a b |2:1;2,3");
        EXPECT_EQ(Read("\xEF\xBB\xBF\r\na;b,c\r\n1;2\r\n", piece), "a b,c |3:1,2");
        EXPECT_EQ(Read("a\tb\n1\t2", piece), "a b |2:1,2");
        EXPECT_EQ(Read("sep=|\na,b|c\n1|2\n", piece), "a,b c |3:1,2");
        EXPECT_EQ(Read("a,b,\n1,2,\n1\n", piece), "a b |2:1,2|3:1");
        EXPECT_EQ(Read("a\n'=1\n", piece), "a |2:=1");
    }
}

// BULK-2
TEST(ImportText, JsonIsReadInWhateverPiecesItComes) {
    const std::string text =
        R"([{"a": "x", "n": 12, "t": true, "l": ["p", "q"]}, {"n": null, "z": 1.50,
            "r": [{"aircraft": "N1", "role": "pilot"}, {"role": "owner", "registration": "N2"}]}])";
    for (const std::size_t piece : {1, 2, 5, 1000})
        EXPECT_EQ(Read(text + "\n", piece),
                  "a n t l z r |1:x,12,true,p, q|2:,,,,1.50,N1:pilot, N2:owner");
    EXPECT_EQ(Read("[]", 10), "");
}

// BULK-2
TEST(ImportText, WhatCannotBeReadIsSaidWithItsLine) {
    EXPECT_EQ(Read("[{\"a\": 1}\n{\"a\": 2}]", 100), "Line 2 is no JSON");
    EXPECT_EQ(Read("[{\"a\": 1}] x", 100), "Line 1 is no JSON");
    EXPECT_EQ(Read("a,b\n1,2\n1,2,3\n", 100), "Line 3 has more cells than there are headings");
    EXPECT_EQ(Read("a\n1\n\"2\n", 100), "The quote that begins in line 3 is never closed");
    EXPECT_EQ(Read(" \n", 100), "The file is empty");
    EXPECT_EQ(Read("\xFF\xFE", 100), "The file must be UTF-8; save it as “CSV UTF-8”");
}

// A file of nothing but blanks would otherwise be searched anew with each piece.
TEST(ImportText, BlanksWithoutEndAreNotReadToTheirEnd) {
    const std::string blanks(64 << 10, ' ');
    ImportReader reader([](ImportLine) { return true; });
    int pieces = 1;
    while (pieces < 100 && reader.Read(blanks)) ++pieces;
    EXPECT_EQ(pieces, 2);
    EXPECT_EQ(reader.End().error().reason, "file.empty");
    EXPECT_EQ(Read(std::string(1'000, '\n') + "a\n1\n", 100), "a |1002:1");
}

}  // namespace
}  // namespace ostiary
