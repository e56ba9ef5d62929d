#include "util/config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace ostiary {
namespace {

class ConfigFile : public testing::Test {
protected:
    ConfigFile() {
        std::string name = testing::TempDir() + "ostiary-config-XXXXXX";
        folder_ = mkdtemp(name.data());
    }
    ~ConfigFile() override { std::filesystem::remove_all(folder_); }

    std::string Write(std::string_view text) {
        const std::string path = folder_ + "/ostiary.toml";
        std::ofstream(path) << text;
        return path;
    }
    // What is wrong with this file, without the folder's name; or nothing.
    std::string Refusal(std::string_view text, const Environment& environment = {}) {
        const auto config = LoadConfig(Write(text), environment);
        if (config.ok()) return "";
        const std::string& details = config.error().details;
        return details.starts_with(folder_) ? details.substr(folder_.size() + 1) : details;
    }

    std::string folder_;
};

TEST_F(ConfigFile, IsNotNeeded) {
    const auto config = LoadConfig(std::nullopt, {});
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config.value().BaseUrl(), "http://127.0.0.1:8080");
    EXPECT_EQ(config.value().DatabaseUrl(), "data/ostiary.db");
    EXPECT_FALSE(config.value().UsesPostgres());
    EXPECT_FALSE(config.value().IsHttps());
}

TEST(Config, CallsItselfByAnAddressThatBrowsersCanGoTo) {
    Config config;
    config.listen = "0.0.0.0:81";
    EXPECT_EQ(config.BaseUrl(), "http://localhost:81");
    config.listen = "[::]:81";
    EXPECT_EQ(config.BaseUrl(), "http://localhost:81");
    config.base_url = "https://invite.example.org//";
    EXPECT_EQ(config.BaseUrl(), "https://invite.example.org");
}

TEST_F(ConfigFile, SetsWhatItNamesAndTheEnvironmentOverridesIt) {
    const auto config = LoadConfig(
        Write(R"(
        listen = "0.0.0.0:80"
        base_url = "https://invite.example.org/"
        trusted_proxies = ["10.0.0.1", "fd00::/8"]
        [limits]
        max_connections = 100
        rates = true
    )"),
        {{"OSTIARY_LIMITS", "off"}, {"OSTIARY_LISTEN", "[::1]:81"}, {"OSTIARY_SITE_NAME", ""}});
    ASSERT_TRUE(config.ok()) << config.error().details;
    EXPECT_EQ(config.value().listen, "[::1]:81");
    EXPECT_EQ(config.value().BaseUrl(), "https://invite.example.org");
    EXPECT_TRUE(config.value().IsHttps());
    EXPECT_EQ(config.value().trusted_proxies, (std::vector<std::string>{"10.0.0.1", "fd00::/8"}));
    EXPECT_EQ(config.value().max_connections, 100);
    EXPECT_FALSE(config.value().limits);
    EXPECT_EQ(config.value().site_name, "Ostiary");
}

TEST_F(ConfigFile, WithAnUnknownKeyIsRefusedWithASuggestion) {  // OPS-2
    EXPECT_EQ(Refusal("\n\nlisen = \"127.0.0.1:80\""),
              "ostiary.toml:3: unknown key \"lisen\"; did you mean \"listen\"?");
    EXPECT_EQ(
        Refusal("max_body_bytes = 5000"),
        "ostiary.toml:1: unknown key \"max_body_bytes\"; did you mean \"limits.max_body_bytes\"?");
    EXPECT_EQ(Refusal("zebra = 1"), "ostiary.toml:1: unknown key \"zebra\"");
    EXPECT_EQ(Refusal("[limits]\nmax_bdy_bytes = 1"),
              "ostiary.toml:2: unknown key \"limits.max_bdy_bytes\"; did you mean "
              "\"limits.max_body_bytes\"?");
    EXPECT_EQ(Refusal("", {{"OSTIARY_LISTN", "x"}}),
              "environment: unknown key \"OSTIARY_LISTN\"; did you mean \"OSTIARY_LISTEN\"?");
    EXPECT_EQ(Refusal("", {{"OSTIARY_TEST_POSTGRES", "x"}, {"OSTIARY_PORT_80_TCP", "y"}}), "");
}

TEST_F(ConfigFile, WithABadValueSaysTheRule) {
    EXPECT_EQ(
        Refusal("listen = \"8080\""),
        "ostiary.toml:1: listen must be an address and a port, like 127.0.0.1:8080 or [::]:8080");
    EXPECT_EQ(Refusal("[codes]\nlength = 7"),
              "ostiary.toml:2: codes.length must be a whole number from 8 to 32");
    EXPECT_EQ(Refusal("[codes]\nlength = 8.5"),
              "ostiary.toml:2: codes.length has a value of the wrong type");
    EXPECT_EQ(Refusal("listen = [\"127.0.0.1:80\"]"),
              "ostiary.toml:1: listen has a value of the wrong type");
    EXPECT_EQ(Refusal("", {{"OSTIARY_LIMITS", "maybe"}}), "OSTIARY_LIMITS must be on or off");
    EXPECT_EQ(Refusal("", {{"OSTIARY_KEY", "abc"}}), "OSTIARY_KEY must be 64 hexadecimal digits");
    EXPECT_NE(Refusal("listen = "), "");
    EXPECT_NE(Refusal("listen = \"\xFF\""), "");
    for (const char* bad : {"ftp://x", "invite.example.org", "https://", "https://u:p@host",
                            "https://host:0", "https://host/?a", "https://host/#", "https://ho st"})
        EXPECT_NE(Refusal("", {{"OSTIARY_BASE_URL", bad}}), "") << bad;
    for (const char* good : {"http://[::1]:8080", "https://host:8443/invites/"})
        EXPECT_EQ(Refusal("", {{"OSTIARY_BASE_URL", good}}), "") << good;
    EXPECT_NE(Refusal("", {{"OSTIARY_DATABASE", "mysql://host/name"}}), "");
}

TEST_F(ConfigFile, ThatIsNotThereOrAFolderIsRefused) {
    EXPECT_FALSE(LoadConfig(folder_ + "/none.toml", {}).ok());
    EXPECT_FALSE(LoadConfig(folder_, {}).ok());
}

TEST_F(ConfigFile, CanRenameTheWorld) {
    const auto config = LoadConfig(Write(R"(
        [catalogue]
        default_role = "guest"
        default_task_group = "front"
        general_group = ""
        aircraft_noun = "room"
        aircraft_noun_plural = "rooms"
        [catalogue.role_aliases]
        visitor = "guest"
        [[catalogue.roles]]
        name = "guest"
        label = "Guest"
        rank = 0
        [[catalogue.roles]]
        name = "owner"
        rank = 9
        reach = "everything"
        [[catalogue.task_groups]]
        name = "front"
    )"),
                                   {});
    ASSERT_TRUE(config.ok()) << config.error().details;
    const Catalogue& catalogue = config.value().catalogue;
    EXPECT_EQ(catalogue.RoleNames(), "guest, owner");
    EXPECT_EQ(catalogue.FindRole("visitor")->label, "Guest");
    EXPECT_EQ(catalogue.FindRole("owner")->label, "owner");
    EXPECT_EQ(catalogue.FindRole("staff"), nullptr);
    EXPECT_EQ(catalogue.aircraft_noun_plural, "rooms");
}

TEST_F(ConfigFile, WithACatalogueThatDoesNotFitTogetherIsRefused) {
    const std::string guest = "[[catalogue.roles]]\nname = \"guest\"\nreach = \"everything\"\n";
    EXPECT_NE(Refusal(guest).find("catalogue.default_role: \"staff\" is no role"),
              std::string::npos);
    EXPECT_NE(Refusal("[[catalogue.roles]]\nnme = \"x\"").find("did you mean \"name\"?"),
              std::string::npos);
    const Environment as_guest = {{"OSTIARY_CATALOGUE_DEFAULT_ROLE", "guest"}};
    EXPECT_EQ(Refusal(guest, as_guest), "");
    EXPECT_NE(Refusal(guest + guest, as_guest), "");
    EXPECT_NE(Refusal("[[catalogue.roles]]\nname = \"guest\"", as_guest), "");
    EXPECT_NE(Refusal("[[catalogue.roles]]\nname = \"Not A Name\"", as_guest), "");
    EXPECT_NE(Refusal("[catalogue]\nroles = [\"guest\"]"), "");
    EXPECT_NE(Refusal("[catalogue]\nroles = []"), "");
    EXPECT_NE(Refusal("catalogue = 5"), "");
}

TEST(Config, NTFY1SendsMailOnlyWithAServerASenderAndABaseUrl) {
    Config config;
    EXPECT_EQ(config.WhatMailLacks(), MailLack::kServer);
    config.mail_server = "smtp://mail.example.org:587";
    EXPECT_EQ(config.WhatMailLacks(), MailLack::kFrom);
    config.mail_from = "Club <invite@example.org>";
    EXPECT_EQ(config.WhatMailLacks(), MailLack::kBaseUrl);
    config.base_url = "https://invite.example.org";
    EXPECT_TRUE(config.SendsMail());
    EXPECT_FALSE(config.IsMailServerLocal());
    for (const char* local : {"smtp://127.0.0.1", "smtp://localhost:25", "smtps://[::1]:465"}) {
        config.mail_server = local;
        EXPECT_TRUE(config.IsMailServerLocal()) << local;
    }
    for (const char* elsewhere : {"smtp://localhost.example.org", "smtp://12.127.0.1"}) {
        config.mail_server = elsewhere;
        EXPECT_FALSE(config.IsMailServerLocal()) << elsewhere;
    }
}

TEST(Config, NTFY1RefusesWhatIsNoMailServerAndNoSender) {
    const auto refuses = [](std::string_view key, std::string_view text) {
        Config config;
        return !SetConfig(config, key, text, "test").ok();
    };
    for (const char* server :
         {"mail.example.org", "http://mail.example.org", "smtp://", "smtp://a b",
          "smtp://mail:70000", "smtp://ann:pw@mail", "smtp://mail/path?x"})
        EXPECT_TRUE(refuses("mail.server", server)) << server;
    for (const char* server : {"", "smtp://mail.example.org", "smtps://[::1]:465/"})
        EXPECT_FALSE(refuses("mail.server", server)) << server;
    for (const char* from : {"Club", "Club <club>", "a@example.org\r\nBcc: b@example.org"})
        EXPECT_TRUE(refuses("mail.from", from)) << from;
    EXPECT_TRUE(refuses("mail.language", "tlh"));
}

TEST(Catalogue, OfTheHouseIsSound) {
    const Catalogue catalogue = Catalogue::Default();
    EXPECT_EQ(catalogue.Flaw(), std::nullopt);
    EXPECT_EQ(catalogue.RoleNames(), "staff, manager, admin, viewer");
    EXPECT_EQ(catalogue.FindRole("member")->name, "staff");
    EXPECT_EQ(catalogue.FindRole(""), nullptr);
}

TEST(ConfigKeys, EachReadsBackWhatItShows) {
    std::set<std::string_view> names, variables;
    for (const ConfigKey& key : ConfigKeys()) {
        Config config;
        EXPECT_EQ(key.read(config, key.show(config)), std::nullopt) << key.name;
        EXPECT_EQ(key.show(config), key.show(Config{})) << key.name;
        EXPECT_TRUE(names.insert(key.name).second) << key.name;
        EXPECT_TRUE(variables.insert(key.variable).second) << key.variable;
        EXPECT_TRUE(key.variable.starts_with("OSTIARY_")) << key.name;
    }
}

TEST(ConfigKeys, NeverShowASecret) {
    Config config;
    config.database = "postgresql://ada:s3cret@db.example.org:5432/ostiary";
    config.mail_password = "s3cret";
    config.key = std::string(64, 'a');
    for (const ConfigKey& key : ConfigKeys()) {
        EXPECT_EQ(key.show(config).find("s3cret"), std::string::npos) << key.name;
        EXPECT_EQ(key.show(config).find(config.key), std::string::npos) << key.name;
    }
}

}  // namespace
}  // namespace ostiary
