// Many codes at once: the same rules as for one, a word about each that was left alone (ADM-2,
// CODE-6, REP-2).

#include "core/codes_bulk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/saved_views.h"
#include "support/house.h"

namespace ostiary {
namespace {

class ManyCodes : public testing::TestWithParam<DatabaseKind> {
protected:
    static CodeId IdOf(const boost::json::object& code) { return code.at("id").as_int64(); }
    static std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }

    Result<BulkOutcome> Run(std::string_view as, PortalId portal, const CodeChoice& choice,
                            BulkDeed deed, const BulkEdit& edit = {}) {
        const Actor actor = house.ActorOf(as);
        return RunBulk(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                       RulesOf(actor, PortalOf(portal), house.world), choice, deed, edit);
    }
    Result<BulkOutcome> Preview(std::string_view as, PortalId portal, const CodeChoice& choice,
                                BulkDeed deed) {
        const Actor actor = house.ActorOf(as);
        return PreviewBulk(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                           RulesOf(actor, PortalOf(portal), house.world), choice, deed, {});
    }
    std::string Export(std::string_view as, const CodeChoice& choice) {
        const Actor actor = house.ActorOf(as);
        auto file = ExportCodes(actor.Ask<Permission::kCodesRead>().value(), house.world,
                                RulesOf(actor, PortalOf(PortalId::kManager), house.world), choice);
        std::string text;
        file.value()([&](std::string_view more) {
            text += more;
            return true;
        });
        return text;
    }
    std::string StatusOf(CodeId id) {
        return house.Get(fmt::format("/api/invite-codes/{}/", id), "ada").Text("status");
    }
    std::size_t Happened(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    static CodeChoice Ticked(std::vector<CodeId> ids) { return {std::move(ids), {}, {}}; }
    static CodeChoice AllWith(std::string_view status) {
        CodeChoice choice;
        choice.all.emplace().status = status;
        return choice;
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, ManyCodes, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ManyCodes, ThePreviewSaysWhatWillComeOfItAndWritesNothing) {
    const auto one = house.Create("{}"), two = house.Create("{}");
    ASSERT_EQ(house.Register(Word(one), "ann").status, 201);
    const auto outcome =
        Preview("ada", PortalId::kAdmin, Ticked({IdOf(one), IdOf(two)}), BulkDeed::kDelete);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.value().changed, std::vector{IdOf(two)});
    ASSERT_EQ(outcome.value().spared.size(), 1u);
    EXPECT_EQ(outcome.value().spared[0].reason, "code.used");
    EXPECT_EQ(Happened(EventKind::kCodeDeleted), 0u);
    EXPECT_EQ(StatusOf(IdOf(two)), "active");
}

TEST_P(ManyCodes, EachIsSwitchedOffWithAnEventOfItsOwn) {
    const auto one = house.Create("{}"), two = house.Create(R"({"max_uses": 5})");
    ASSERT_EQ(house.Register(Word(two), "ann").status, 201);
    const auto choice = Ticked({IdOf(two), IdOf(one), IdOf(one)});
    const auto done = Run("ada", PortalId::kAdmin, choice, BulkDeed::kRevoke);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done.value().changed.size(), 2u);
    EXPECT_EQ(done.value().people, 1);
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 2u);
    EXPECT_EQ(StatusOf(IdOf(one)), "inactive");

    const auto again = Run("ada", PortalId::kAdmin, choice, BulkDeed::kRevoke);
    ASSERT_EQ(again.value().spared.size(), 2u);
    EXPECT_EQ(again.value().spared[0].reason, "code.same");
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 2u);

    const auto back = Run("ada", PortalId::kAdmin, choice, BulkDeed::kReactivate);
    EXPECT_EQ(back.value().changed.size(), 2u);
    EXPECT_EQ(StatusOf(IdOf(one)), "active");
}

// CODE-6
TEST_P(ManyCodes, WhatADoorLocksIsLeftAloneThroughIt) {
    const auto used = house.Create(R"({"max_uses": 5})");
    ASSERT_EQ(house.Register(Word(used), "ann").status, 201);
    const auto locked = Run("ada", PortalId::kAdmin, Ticked({IdOf(used)}), BulkDeed::kDelete);
    EXPECT_TRUE(locked.value().changed.empty());
    EXPECT_EQ(locked.value().spared.at(0).reason, "code.used");
    const auto open = Run("sam", PortalId::kManage, Ticked({IdOf(used)}), BulkDeed::kDelete);
    EXPECT_EQ(open.value().changed.size(), 1u);
}

// CODE-6
TEST_P(ManyCodes, AnExpiredOneIsNotSwitchedOnButNamed) {
    const auto ended = house.Create(R"({"expires_days": 1})");
    house.clock.Pass(2 * kDay);
    const auto done = Run("ada", PortalId::kAdmin, Ticked({IdOf(ended)}), BulkDeed::kReactivate);
    EXPECT_EQ(done.value().spared.at(0).reason, "code.needs_expiry");
    EXPECT_FALSE(done.value().spared.at(0).sentence.empty());
}

// PERM-4
TEST_P(ManyCodes, NobodyReachesBeyondTheirTeam) {
    const auto own = house.Create(R"({"task_group": "cleaning"})");
    const auto other = house.Create(R"({"task_group": "laundry", "label": "Secret"})");
    const auto done =
        Run("max", PortalId::kManager, Ticked({IdOf(own), IdOf(other)}), BulkDeed::kRevoke);
    EXPECT_EQ(done.value().changed, std::vector{IdOf(own)});
    EXPECT_EQ(done.value().spared.at(0).reason, "code.unknown");
    EXPECT_EQ(done.value().spared.at(0).name.find("Secret"), std::string::npos);
    const auto all = Run("max", PortalId::kManager, AllWith(""), BulkDeed::kDelete);
    EXPECT_EQ(all.value().chosen, 1u);
    EXPECT_EQ(StatusOf(IdOf(other)), "active");
}

// PERM-5
TEST_P(ManyCodes, WakingMoreThanOneHoldsWaitsForApproval) {
    const auto code = house.Create(R"({"role": "admin", "task_group": "cleaning"})");
    ASSERT_TRUE(Run("ada", PortalId::kAdmin, Ticked({IdOf(code)}), BulkDeed::kRevoke).ok());
    ASSERT_TRUE(Run("max", PortalId::kManager, Ticked({IdOf(code)}), BulkDeed::kReactivate).ok());
    EXPECT_EQ(StatusOf(IdOf(code)), "pending");
}

TEST_P(ManyCodes, AllThatMatchAreManyMoreThanAPage) {
    for (int i = 0; i < 120; ++i) house.Create(R"({"label": "Spring"})");
    const auto kept = house.Create(R"({"label": "Autumn"})");
    CodeChoice choice;
    choice.all.emplace().search = "spring";
    choice.expected = 120;
    const auto done = Run("ada", PortalId::kAdmin, choice, BulkDeed::kRevoke);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done.value().changed.size(), 120u);
    EXPECT_EQ(StatusOf(IdOf(kept)), "active");
}

TEST_P(ManyCodes, NothingHappensWhenTheNumberIsNotTheOneAgreedTo) {
    house.Create("{}");
    CodeChoice choice = AllWith("active");
    choice.expected = 1;
    house.Create("{}");
    const auto done = Run("ada", PortalId::kAdmin, choice, BulkDeed::kDelete);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, ErrorKind::kStale);
    EXPECT_EQ(done.error().reason, "codes.choice_changed");
    EXPECT_EQ(Happened(EventKind::kCodeDeleted), 0u);
}

TEST_P(ManyCodes, AnEditChangesWhatItSaysAndNothingElse) {
    const auto one = house.Create(R"({"tags": ["spring", "old"], "notes": "kept", "max_uses": 2})");
    const auto used = house.Create(R"({"max_uses": 5})");
    ASSERT_EQ(house.Register(Word(used), "ann").status, 201);
    BulkEdit edit;
    edit.max_uses = "7";
    edit.expires_days = "30";
    edit.add_tags = {"summer", "spring"};
    edit.remove_tags = {"old"};
    const auto done =
        Run("ada", PortalId::kAdmin, Ticked({IdOf(one), IdOf(used)}), BulkDeed::kEdit, edit);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done.value().changed, std::vector{IdOf(one)});
    EXPECT_EQ(done.value().spared.at(0).reason, "code.used");
    const Answer now = house.Get(fmt::format("/api/invite-codes/{}/", IdOf(one)), "ada");
    EXPECT_EQ(now.Number("max_uses"), 7);
    EXPECT_EQ(now.Text("notes"), "kept");
    EXPECT_EQ(now.At("tags"), boost::json::value({"spring", "summer"}));
}

TEST_P(ManyCodes, AWrongEditIsRefusedBeforeAnythingIsDone) {
    const auto one = house.Create("{}");
    BulkEdit edit;
    edit.max_uses = "-3";
    const auto done = Run("ada", PortalId::kAdmin, Ticked({IdOf(one)}), BulkDeed::kEdit, edit);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().fields.at(0).field, "max_uses");
    EXPECT_EQ(Happened(EventKind::kCodeEdited), 0u);
}

// CODE-9
TEST_P(ManyCodes, NoEditSetsALimitBelowWhatIsUsed) {
    const auto used = house.Create(R"({"max_uses": 5})");
    for (const char* guest : {"ann", "bob"}) house.Register(Word(used), guest);
    BulkEdit edit;
    edit.max_uses = "1";
    const auto done = Run("sam", PortalId::kManage, Ticked({IdOf(used)}), BulkDeed::kEdit, edit);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done.value().spared.size(), 1u);
}

// REP-2
TEST_P(ManyCodes, AnExportIsALineOfEachAndRemembered) {
    house.Create(R"({"label": "=1+1", "task_group": "cleaning", "notes": "a \"b\", c"})");
    const std::string text = Export("max", AllWith(""));
    EXPECT_TRUE(
        text.starts_with("\"Code\",\"Label\",\"Creator\",\"Role\",\"Task Group\",\"Usage\","
                         "\"Status\",\"Expires\",\"Created\",\"Notes\""))
        << text;
    EXPECT_NE(text.find("\"'=1+1\""), std::string::npos) << text;
    EXPECT_NE(text.find("\"a \"\"b\"\", c\""), std::string::npos) << text;
    EXPECT_EQ(Happened(EventKind::kCodesExported), 1u);
}

// PERM-5
TEST_P(ManyCodes, AnExportHoldsNoCodeThatThePersonMayNotHandOut) {
    const auto secret = house.Create(R"({"role": "admin", "task_group": "cleaning"})");
    const auto open = house.Create(R"({"task_group": "cleaning"})");
    for (const CodeChoice& choice : {AllWith(""), Ticked({IdOf(secret), IdOf(open)})}) {
        const std::string text = Export("max", choice);
        EXPECT_EQ(text.find(Word(secret)), std::string::npos);
        EXPECT_NE(text.find(Word(open)), std::string::npos);
    }
}

TEST_P(ManyCodes, FiltersAreSavedForOnePersonAlone) {
    const Actor max = house.ActorOf("max"), sam = house.ActorOf("sam");
    const auto views = [&](const Actor& actor) {
        return ListViews(actor.Ask<Permission::kCodesRead>().value(), house.world);
    };
    const auto save = [&](std::string_view name, std::string_view query) {
        return SaveView(max.Ask<Permission::kCodesRead>().value(), house.world, name, query);
    };
    ASSERT_TRUE(save(" Ending soon ", "status=usable&order=expiry").ok());
    ASSERT_TRUE(save("Staff", "role=staff").ok());
    ASSERT_TRUE(save("Staff", "role=staff&status=active").ok());
    EXPECT_EQ(views(max), (std::vector<SavedView>{{"Ending soon", "status=usable&order=expiry"},
                                                  {"Staff", "role=staff&status=active"}}));
    EXPECT_TRUE(views(sam).empty());
    for (const char* bad : {"", " ", "a\tb", "a\nb"}) EXPECT_FALSE(save(bad, "role=staff").ok());
    EXPECT_FALSE(save("none", "").ok());
    ASSERT_TRUE(ForgetView(max.Ask<Permission::kCodesRead>().value(), house.world, "Staff").ok());
    EXPECT_EQ(views(max).size(), 1u);
}

}  // namespace
}  // namespace ostiary
