#include "cli/cli.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "cli/table.h"

namespace ostiary::cli {
namespace {

// The command line with an outside that only remembers what it was asked.
class CommandLine : public testing::Test {
protected:
    CommandLine() {
        outside_.open = [](const Config&) -> std::unique_ptr<OpenedWorld> {
            ADD_FAILURE() << "nobody should have opened the world";
            return nullptr;
        };
        outside_.serve = [this](const Config& config, Demo demo, std::ostream&) {
            served_ = config;
            demo_ = demo;
        };
        outside_.schema = [](const Config&) { return Schema{{"0001_first"}, {"0002_second"}}; };
        outside_.migrate = [](const Config&) { return std::vector<std::string>{"0002_second"}; };
        outside_.examine = [this](const Config&) { return checks_; };
        outside_.describe = [](std::string_view table) -> Result<std::string> {
            return "# " + std::string(table) + "\n";
        };
        outside_.environment = {{"OSTIARY_DATA", testing::TempDir() + "nothing-here"}};
    }

    int Type(const std::vector<std::string>& arguments) {
        std::istringstream in(typed_);
        std::ostringstream out, err;
        const int code = cli::Run(arguments, outside_, {in, out, err});
        out_ = out.str();
        err_ = err.str();
        return code;
    }

    Outside outside_;
    std::vector<Check> checks_;
    std::optional<Config> served_;
    Demo demo_ = Demo::kNo;
    std::string typed_, out_, err_;
};

TEST_F(CommandLine, HelpsOnStandardOutput) {
    EXPECT_EQ(Type({"--help"}), kDone);
    EXPECT_NE(out_.find("serve"), std::string::npos);
    EXPECT_EQ(out_.find("docs"), std::string::npos) << "it is for those who work on the program";
    EXPECT_EQ(Type({"code", "create", "--help"}), kDone);
    EXPECT_NE(out_.find("--max-uses"), std::string::npos);
    EXPECT_NE(out_.find("Example: ostiary code create"), std::string::npos);
    EXPECT_EQ(err_, "");
    EXPECT_EQ(Type({"--version"}), kDone);
    EXPECT_TRUE(out_.starts_with("ostiary ")) << out_;
}

TEST_F(CommandLine, AnswersTwoToWrongUsage) {
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"cod"},
        {"code"},
        {"code", "make"},
        {"code", "list", "--colour", "red"},
        {"code", "show"},
        {"code", "create", "--role"},
        {"code", "create", "--role", "staff", "--role", "admin"},
        {"code", "create", "--aircraft", "N12345"},
        {"code", "list", "--order", "sideways"},
        {"code", "list", "--limit", "-1"},
        {"user", "create", "ada"},
        {"migrate", "now"},
    };
    for (const auto& arguments : wrong) {
        EXPECT_EQ(Type(arguments), kWrongUsage) << testing::PrintToString(arguments);
        EXPECT_NE(err_, "") << testing::PrintToString(arguments);
        EXPECT_EQ(out_, "") << testing::PrintToString(arguments);
    }
}

TEST_F(CommandLine, AnswersTwoToAnUnusableConfigurationInOneSentence) {
    EXPECT_EQ(Type({"serve", "--listen", "nowhere"}), kWrongUsage);
    EXPECT_EQ(std::count(err_.begin(), err_.end(), '\n'), 1) << err_;
    EXPECT_NE(err_.find("--listen must be an address and a port"), std::string::npos) << err_;
    EXPECT_EQ(Type({"serve", "--config", "/nowhere/ostiary.toml"}), kWrongUsage);
    EXPECT_NE(err_.find("/nowhere/ostiary.toml"), std::string::npos) << err_;
    outside_.environment["OSTIARY_LISTEM"] = "x";
    EXPECT_EQ(Type({"serve"}), kWrongUsage);
    EXPECT_NE(err_.find("did you mean \"OSTIARY_LISTEN\"?"), std::string::npos) << err_;
    EXPECT_FALSE(served_);
}

TEST_F(CommandLine, FlagsOverrideTheEnvironmentBeforeAndAfterTheCommand) {
    outside_.environment["OSTIARY_LISTEN"] = "127.0.0.1:1";
    outside_.environment["OSTIARY_DATABASE"] = "postgresql://env/one";
    EXPECT_EQ(Type({"--data", "/tmp/ostiary-none", "serve", "--listen=127.0.0.1:2", "--demo"}),
              kDone);
    ASSERT_TRUE(served_);
    EXPECT_EQ(served_->listen, "127.0.0.1:2");
    EXPECT_EQ(served_->data, "/tmp/ostiary-none");
    EXPECT_EQ(served_->database, "postgresql://env/one");
    EXPECT_EQ(demo_, Demo::kYes);
    EXPECT_EQ(Type({"serve", "--database", "postgresql://flag/two"}), kDone);
    EXPECT_EQ(served_->database, "postgresql://flag/two");
    EXPECT_EQ(demo_, Demo::kNo);
}

TEST_F(CommandLine, MigratesAndSaysWhat) {
    EXPECT_EQ(Type({"migrate"}), kDone);
    EXPECT_EQ(out_, "applied  0002_second\n");
    EXPECT_EQ(Type({"migrate", "--status"}), kDone);
    EXPECT_EQ(out_, "applied  0001_first\npending  0002_second\n");
    EXPECT_EQ(Type({"migrate", "--status", "--json"}), kDone);
    EXPECT_EQ(out_, R"({"applied":["0001_first"],"pending":["0002_second"]})"
                    "\n");
}

TEST_F(CommandLine, ADoctorWhoFindsSomethingAnswersOne) {
    checks_ = {{Verdict::kOk, "database", "SQLite"}, {Verdict::kWarn, "layout", "old"}};
    EXPECT_EQ(Type({"doctor"}), kDone) << err_;
    EXPECT_NE(out_.find("warn  layout         old\n"), std::string::npos) << out_;
    checks_.push_back({Verdict::kFail, "counters", "1 code \"miscounts\""});
    EXPECT_EQ(Type({"doctor", "--json"}), kRefused);
    EXPECT_NE(
        out_.find(R"("verdict":"fail","subject":"counters","finding":"1 code \"miscounts\"")"),
        std::string::npos)
        << out_;
    EXPECT_EQ(err_, "ostiary: Not well: one check failed\n");
}

TEST_F(CommandLine, DescribesTheProgramForItsDocuments) {
    EXPECT_EQ(Type({"docs", "routes"}), kDone);
    EXPECT_EQ(out_, "# routes\n");
    outside_.describe = [](std::string_view) -> Result<std::string> {
        return Error{ErrorKind::kInvalid, "usage.wrong", "Wrong usage", "no such table"};
    };
    EXPECT_EQ(Type({"docs", "chairs"}), kWrongUsage);
}

TEST(Table, IsAsWideAsItsWidestCells) {
    std::ostringstream out;
    PrintTable(out, {"NAME", "N", "LAST"}, {{"Zoë", "", ""}, {"Ferdinand", "10", "x"}});
    EXPECT_EQ(out.str(), "NAME       N   LAST\nZoë\nFerdinand  10  x\n");
    std::ostringstream facts;
    PrintFacts(facts, {{"Code", "ABC"}, {"Empty", ""}, {"Task group", "general"}});
    EXPECT_EQ(facts.str(), "Code        ABC\nTask group  general\n");
}

}  // namespace
}  // namespace ostiary::cli
