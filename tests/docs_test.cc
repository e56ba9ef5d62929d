// The pages under docs/ that are made from the program's tables say what the program says.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace ostiary {
namespace {

std::string Print(const std::string& page) {
    const std::string command = "'" OSTIARY_PROGRAM "' docs " + page;
    const auto close = [](std::FILE* pipe) { pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    std::string text;
    std::array<char, 4096> buffer;
    while (pipe && !std::feof(pipe.get()))
        text.append(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), pipe.get()));
    return text;
}

std::string Read(const std::string& page) {
    std::ifstream file(OSTIARY_SOURCE_DIR "/docs/" + page + ".md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

class Docs : public testing::TestWithParam<const char*> {};

TEST_P(Docs, SayWhatTheProgramSays) {
    const std::string page = GetParam();
    const std::string printed = Print(page);
    ASSERT_FALSE(printed.empty()) << "`ostiary docs " << page << "` printed nothing";
    EXPECT_EQ(Read(page), printed) << "docs/" << page << ".md is out of date; run ./dev docs";
}

INSTANTIATE_TEST_SUITE_P(Every, Docs,
                         testing::Values("routes", "permissions", "configuration", "events"),
                         [](const auto& page) { return std::string(page.param); });

}  // namespace
}  // namespace ostiary
