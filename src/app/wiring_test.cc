// The command line with the real world behind it, on a database of its own.

#include "app/wiring.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "app/health.h"
#include "outbox/housekeeping.h"

namespace ostiary::app {
namespace {

class Program : public testing::Test {
protected:
    Program() {
        std::string name = testing::TempDir() + "ostiary-program-XXXXXX";
        folder_ = mkdtemp(name.data());
        outside_.environment = {{"OSTIARY_DATA", folder_ + "/data"},
                                {"OSTIARY_BASE_URL", "https://invite.example.org"},
                                {"OSTIARY_PASSWORDS_MEMORY_KIB", "64"},
                                {"OSTIARY_PASSWORDS_PASSES", "1"}};
    }
    ~Program() override { std::filesystem::remove_all(folder_); }

    int Type(const std::vector<std::string>& arguments, const std::string& typed = "") {
        std::istringstream in(typed);
        std::ostringstream out, err;
        const int code = cli::Run(arguments, outside_, {in, out, err});
        out_ = out.str();
        err_ = err.str();
        return code;
    }
    void MustDo(const std::vector<std::string>& arguments, const std::string& typed = "") {
        ASSERT_EQ(Type(arguments, typed), cli::kDone) << testing::PrintToString(arguments) << err_;
    }
    bool Printed(std::string_view text) const { return out_.find(text) != out_.npos; }

    std::string folder_, out_, err_;
    cli::Outside outside_ = MakeOutside();
};

TEST_F(Program, MakesCodesThatGrantWhatWasAsked) {
    MustDo({"aircraft", "add", "n12345", "--name", "Cessna 172"});
    MustDo({"code", "create", "--role", "member", "--task-group", "cleaning", "--aircraft",
            "N12345:pilot", "--max-uses", "0", "--code", "SPRING-26", "--notes=-x"});
    EXPECT_TRUE(Printed("Invite code created: SPRING-26\n")) << out_;
    EXPECT_TRUE(Printed("Link: https://invite.example.org/register/")) << out_;
    MustDo({"code", "show", "spring 26", "--json"});
    EXPECT_TRUE(Printed(R"("role":"staff","task_group":"cleaning")")) << out_;
    EXPECT_TRUE(Printed(R"("aircraft_roles":[{"aircraft":"N12345","role":"pilot"}])")) << out_;
    EXPECT_TRUE(Printed(R"("max_uses":0)")) << out_;
    MustDo({"code", "explain", "SPRIMG26"});
    EXPECT_TRUE(Printed("SPRING-26")) << out_;
    MustDo({"doctor"});
}

TEST_F(Program, TellsCodesFromTheirNumbers) {
    MustDo({"code", "create", "--code", "123456"});
    MustDo({"code", "revoke", "123456"});
    MustDo({"code", "show", "1", "--json"});
    EXPECT_TRUE(Printed(R"("status":"inactive")")) << out_;
    EXPECT_EQ(Type({"code", "show", "2"}), cli::kRefused);
    EXPECT_EQ(Type({"code", "show", "654321"}), cli::kRefused);
    EXPECT_EQ(err_, "ostiary: Invite code not found: The requested invite code does not exist\n");
    MustDo({"code", "reactivate", "1"});
    MustDo({"code", "delete", "123456"});
    EXPECT_EQ(Type({"code", "show", "1"}), cli::kRefused);
}

TEST_F(Program, RefusesWithEveryReasonAndStoresNothing) {
    EXPECT_EQ(Type({"code", "create", "--role", "boss", "--max-uses", "1001"}), cli::kRefused);
    EXPECT_NE(err_.find("Role must be one of: staff, manager, admin, viewer"), err_.npos) << err_;
    EXPECT_NE(err_.find("Max uses"), err_.npos) << err_;
    MustDo({"code", "list", "--json"});
    EXPECT_EQ(out_, "{\"results\":[],\"next\":null}\n");
}

TEST_F(Program, ListsPageAfterPage) {
    for (int i = 0; i < 5; ++i) MustDo({"code", "create", "--label", "code " + std::to_string(i)});
    MustDo({"code", "list", "--limit", "2", "--order", "oldest"});
    EXPECT_TRUE(Printed("code 1")) << out_;
    EXPECT_FALSE(Printed("code 2")) << out_;
    const std::string cursor =
        err_.substr(err_.rfind(' ') + 1, err_.rfind('\n') - err_.rfind(' ') - 1);
    MustDo({"code", "list", "--limit", "0", "--order", "oldest", "--cursor", cursor});
    EXPECT_TRUE(Printed("code 2")) << out_;
    EXPECT_TRUE(Printed("code 4")) << out_;
    EXPECT_FALSE(Printed("code 1")) << out_;
    EXPECT_EQ(err_, "");
}

TEST_F(Program, KeepsPeopleAndTheirTokens) {
    const std::string password = "Heron-4-breakfast!\n";
    MustDo(
        {"user", "create", "ada", "--email", "ada@example.org", "--superuser", "--password-stdin"},
        password);
    MustDo({"user", "create", "bob", "--email", "bob@example.org", "--password-stdin"}, password);
    EXPECT_EQ(
        Type({"user", "create", "Bob", "--email", "b@example.org", "--password-stdin"}, password),
        cli::kRefused);
    EXPECT_EQ(Type({"user", "deactivate", "ada"}), cli::kRefused) << "PERM-7";
    MustDo({"user", "deactivate", "bob"});
    MustDo({"user", "list"});
    EXPECT_TRUE(Printed("inactive")) << out_;
    MustDo({"user", "reactivate", "bob"});
    MustDo({"user", "password", "bob", "--password-stdin"}, "Another-1-bites\n");
    EXPECT_EQ(Type({"user", "password", "bob", "--password-stdin"}, "short\n"), cli::kRefused);
    MustDo({"token", "create", "--user", "bob", "--scopes", "codes:read,me", "--days", "3"});
    EXPECT_TRUE(out_.starts_with("ost_") && out_.size() == 54) << out_;
    EXPECT_EQ(Type({"token", "create", "--user", "bob", "--scopes", "everything"}), cli::kRefused);
}

TEST_F(Program, KeepsItsFolderAndKeyToItself) {
    MustDo({"code", "list"});
    struct stat folder {
    }, key{};
    ASSERT_EQ(stat((folder_ + "/data").c_str(), &folder), 0);
    ASSERT_EQ(stat((folder_ + "/data/ostiary.key").c_str(), &key), 0);
    EXPECT_EQ(folder.st_mode & 0777, 0700u);
    EXPECT_EQ(key.st_mode & 0777, 0600u);
}

TEST_F(Program, ExaminesWithoutTouching) {
    MustDo({"doctor"});
    MustDo({"migrate", "--status"});
    EXPECT_TRUE(Printed("pending")) << out_;
    EXPECT_FALSE(std::filesystem::exists(folder_ + "/data"));
    MustDo({"migrate"});
    EXPECT_TRUE(Printed("applied")) << out_;
    MustDo({"migrate"});
    EXPECT_TRUE(Printed("up to date")) << out_;
}

TEST_F(Program, SaysWhetherItIsWell) {
    Config config;
    config.data = folder_ + "/data";
    config.limits = false;
    Premises premises(config);
    const auto healthy = Healthz({}, premises.world());
    const auto ready = Readyz({}, premises.world());
    ASSERT_TRUE(healthy.ok() && ready.ok());
    EXPECT_EQ(healthy.value().body, R"({"status":"ok","limits":"off"})");
    EXPECT_EQ(ready.value().body, R"({"status":"ready","limits":"off"})");
    outbox::DeleteOldSessions(premises.world());
}

}  // namespace
}  // namespace ostiary::app
