// The Templates port, and codes that are added together, on every database (TMPL-1, BULK-1).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class TemplatesContract : public Contract {
protected:
    TemplateId AddTemplate(const Template& one) {
        TemplateId id = 0;
        EXPECT_TRUE(Write([&](Work& work) -> Result<void> {
                        id = TRY(work.templates.Add(one));
                        return {};
                    }).ok());
        return id;
    }
    std::optional<Template> TemplateNow(TemplateId id) {
        return Read([&](Work& work) { return work.templates.Find(id); });
    }
    static Template Named(std::string name) {
        Template one;
        one.name = std::move(name);
        one.created_by = "ada";
        one.created_at = one.updated_at = 5;
        return one;
    }
    std::vector<std::optional<CodeId>> AddAlike(const Code& code,
                                                const std::vector<Codes::Letters>& letters) {
        std::vector<std::optional<CodeId>> ids;
        EXPECT_TRUE(Write([&](Work& work) { ids = work.codes.AddAlike(code, letters); }).ok());
        return ids;
    }
    std::vector<CodeId> Found(const CodeQuery& query) {
        return Read([&](Work& work) { return work.codes.ListIds(query, 0, 100); });
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, TemplatesContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(TemplatesContract, ThreeAreThereFromTheStart) {
    const auto all = Read([](Work& w) { return w.templates.List(); });
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].name, "Manager Promotion");
    EXPECT_EQ(all[0].role, "manager");
    EXPECT_EQ(all[0].task_group, "");
    EXPECT_EQ(all[0].max_uses, 1);
    EXPECT_EQ(all[0].expires_days, 7);
    EXPECT_EQ(all[1].name, "New Employee");
    EXPECT_EQ(all[1].role, "staff");
    EXPECT_EQ(all[1].task_group, "general");
    EXPECT_EQ(all[1].expires_days, 30);
    EXPECT_EQ(all[2].name, "Temporary Contractor");
    EXPECT_EQ(all[2].expires_days, 90);
}

TEST_P(TemplatesContract, OneThatCameWithTheProgramStaysDeleted) {
    for (const Template& one : Read([](Work& w) { return w.templates.List(); }))
        ASSERT_TRUE(Write([&](Work& w) { EXPECT_TRUE(w.templates.Delete(one.id)); }).ok());
    store.reset();
    store = Open();
    EXPECT_THAT(Read([](Work& w) { return w.templates.List(); }), IsEmpty());
    EXPECT_TRUE(Write([](Work& w) { EXPECT_FALSE(w.templates.Delete(1)); }).ok());
}

TEST_P(TemplatesContract, OneComesBackAsItWasAddedAndAsItWasSaved) {
    ASSERT_TRUE(Write([](Work& w) {
                    return w.aircraft.Add({"plane-1", "N12345", "", 1, {}});
                }).ok());
    Template one = Named("Spring pilots");
    one.description = "Those of the spring";
    one.role = "viewer";
    one.task_group = "cleaning";
    one.max_uses = 0;
    one.expires_days = 14;
    one.account_days = 90;
    one.label = "Spring";
    one.notes = "two\nlines";
    one.welcome = "Welcome!";
    one.email_domains = {"example.org", "example.net"};
    one.tags = {"spring", "50%"};
    one.aircraft_roles = {{"plane-1", "N12345", "pilot"}};
    one.id = AddTemplate(one);
    const auto added = TemplateNow(one.id);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->description, one.description);
    EXPECT_EQ(added->role, "viewer");
    EXPECT_EQ(added->task_group, "cleaning");
    EXPECT_EQ(added->max_uses, 0);
    EXPECT_EQ(added->expires_days, 14);
    EXPECT_EQ(added->account_days, 90);
    EXPECT_EQ(added->label, "Spring");
    EXPECT_EQ(added->notes, "two\nlines");
    EXPECT_EQ(added->welcome, "Welcome!");
    EXPECT_EQ(added->email_domains, one.email_domains);
    EXPECT_EQ(added->tags, one.tags);
    EXPECT_EQ(added->aircraft_roles, one.aircraft_roles);
    EXPECT_EQ(added->created_by, "ada");
    EXPECT_EQ(added->version, 1);

    Template open = Named("Open to all");
    open.id = one.id;
    open.updated_at = 9;
    ASSERT_TRUE(Write([&](Work& w) { return w.templates.Save(open); }).ok());
    const auto saved = TemplateNow(one.id);
    EXPECT_EQ(saved->name, "Open to all");
    EXPECT_EQ(saved->max_uses, std::nullopt);
    EXPECT_EQ(saved->expires_days, std::nullopt);
    EXPECT_THAT(saved->aircraft_roles, IsEmpty());
    EXPECT_EQ(saved->created_at, 5);
    EXPECT_EQ(saved->updated_at, 9);
    EXPECT_EQ(saved->version, 2);
}

TEST_P(TemplatesContract, NoTwoReadTheSame) {
    const TemplateId id = AddTemplate(Named("Straße"));
    EXPECT_EQ(Read([](Work& w) { return w.templates.FindByName("STRASSE"); })->id, id);
    const auto again = Write([](Work& w) -> Result<void> {
        TRY(w.templates.Add(Named("strasse")));
        return {};
    });
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().reason, "template.taken");
    Template other = Named("Other");
    other.id = AddTemplate(other);
    other.name = "STRASSE";
    const auto saved = Write([&](Work& w) { return w.templates.Save(other); });
    ASSERT_FALSE(saved.ok());
    EXPECT_EQ(saved.error().reason, "template.taken");
}

TEST_P(TemplatesContract, AnAircraftThatOneOffersIsNotDeleted) {
    ASSERT_TRUE(Write([](Work& w) {
                    return w.aircraft.Add({"plane-1", "N12345", "", 1, {}});
                }).ok());
    Template one = Named("Pilots");
    one.aircraft_roles = {{"plane-1", "N12345", "pilot"}};
    const TemplateId id = AddTemplate(one);
    ASSERT_TRUE(Write([](Work& w) { EXPECT_FALSE(w.aircraft.Delete("plane-1")); }).ok());
    ASSERT_TRUE(Write([&](Work& w) {
                    EXPECT_TRUE(w.templates.Delete(id));
                    EXPECT_TRUE(w.aircraft.Delete("plane-1"));
                }).ok());
}

TEST_P(TemplatesContract, CodesAreFoundAndCountedByTheNameTheyRemember) {
    Code code = MakeCode("ABC12345");
    code.template_name = "New Employee";
    code.tags = {"spring"};
    const CodeId id = AddCode(code);
    code = MakeCode("ABC12346");
    code.template_name = "New Employee";
    const CodeId untagged = AddCode(code);
    AddCode(MakeCode("ABC12347"));
    CodeQuery query = EveryCode();
    query.template_name = "New Employee";
    EXPECT_THAT(Found(query), ElementsAre(id, untagged));
    query.tag = "spring";
    EXPECT_THAT(Found(query), ElementsAre(id));
    query.search = "label";
    EXPECT_THAT(Found(query), ElementsAre(id));
    query.batch = "none";
    EXPECT_THAT(Found(query), IsEmpty());
    const auto employee = Read([](Work& w) { return w.templates.FindByName("new employee"); });
    const auto counted = [&](std::size_t most) {
        return Read([&](Work& w) { return w.templates.CountCodes(most); }).at(employee->id);
    };
    EXPECT_EQ(counted(10), 2);
    EXPECT_EQ(counted(1), 1);
    ASSERT_TRUE(Write([&](Work& w) { w.codes.Delete(id, 5); }).ok());
    EXPECT_EQ(counted(10), 1);
}

// BULK-1
TEST_P(TemplatesContract, CodesThatAreAlikeAreAddedTogetherWithAllThatBelongsToThem) {
    ASSERT_TRUE(Write([](Work& w) {
                    return w.aircraft.Add({"plane-1", "N12345", "", 1, {}});
                }).ok());
    Code alike = MakeCode("");
    alike.batch = "batch-1";
    alike.tags = {"spring"};
    alike.max_uses = 3;
    alike.template_name = "New Employee";
    alike.aircraft_roles = {{"plane-1", "N12345", "pilot"}};
    std::vector<Codes::Letters> letters;
    for (int n = 0; n < 50; ++n)
        letters.push_back({fmt::format("A11KE{:03}", n), fmt::format("token-{}-long-enough", n)});
    const auto ids = AddAlike(alike, letters);
    ASSERT_THAT(ids, SizeIs(50));
    for (std::size_t n = 0; n < ids.size(); ++n) {
        ASSERT_TRUE(ids[n]);
        const auto code = CodeNow(*ids[n]);
        EXPECT_EQ(code->code, letters[n].code);
        EXPECT_EQ(code->token, letters[n].token);
        EXPECT_EQ(code->batch, "batch-1");
        EXPECT_EQ(code->label, "Some label");
        EXPECT_EQ(code->max_uses, 3);
        EXPECT_EQ(code->aircraft_roles, alike.aircraft_roles);
        EXPECT_EQ(code->created_by, "ada");
    }
    EXPECT_EQ(Read([](Work& w) { return w.codes.FindByCode("A11KE007"); })->id, ids[7]);
    CodeQuery query = EveryCode();
    query.batch = "batch-1";
    EXPECT_THAT(Found(query), SizeIs(50));
    query.tag = "spring";
    query.search = "A11KE04";
    EXPECT_THAT(Found(query), SizeIs(10));
    ASSERT_TRUE(Write([](Work& w) { w.codes.CatchUp(9, 1000); }).ok());
    CodeQuery listed = EveryCode();
    listed.count = true;
    listed.role = "staff";
    EXPECT_EQ(Read([&](Work& w) { return w.codes.List(listed, 9); }).total, 50);
    EXPECT_TRUE(store->Redeem(MakeClaim("A11KE049", "ann")).ok());
}

TEST_P(TemplatesContract, OfCodesThatAreAlikeThoseWhoseLettersAreTakenAreLeftOut) {
    AddCode(MakeCode("TAKEN001"));
    const auto ids = AddAlike(
        MakeCode(""), {{"FRESH001", "token-a"}, {"TAKEN001", "token-b"}, {"FRESH002", "token-c"}});
    ASSERT_THAT(ids, SizeIs(3));
    EXPECT_TRUE(ids[0]);
    EXPECT_FALSE(ids[1]);
    EXPECT_TRUE(ids[2]);
}

}  // namespace
}  // namespace ostiary
