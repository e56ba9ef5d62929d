// Templates: what codes are made from again and again, through the API and in the portals (TMPL-1).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/visitor.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class CodeTemplates : public testing::TestWithParam<DatabaseKind> {
protected:
    boost::json::object Make(std::string_view body, std::string_view as = "ada") {
        const Answer answer = house.Post("/api/templates/", body, as);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.At("data").as_object();
    }
    static std::string Path(const boost::json::object& one) {
        return fmt::format("/api/templates/{}/", one.at("id").as_int64());
    }
    Answer Create(std::string_view body, std::string_view as = "ada") {
        return house.Post("/api/invite-codes/create/", body, as);
    }
    std::int64_t IdOf(std::string_view name) {
        for (const auto& one : house.Get("/api/templates/", "ada").Rows())
            if (one.at("name").as_string() == name) return one.at("id").as_int64();
        return 0;
    }
    std::string InDays(int days) { return FormatRfc3339(house.clock.Now() + days * kDay); }
    std::size_t Happened(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    Visitor In(std::string_view username) {
        Visitor visitor(house);
        EXPECT_EQ(visitor.LogIn(username).status, 303);
        return visitor;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, CodeTemplates, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(CodeTemplates, TheThreeOfTheGuideAreThereAndMakeWhatTheGuideSays) {
    const Answer employee = Create(R"({"template": "New Employee"})");
    ASSERT_EQ(employee.status, 201) << employee.body;
    EXPECT_EQ(employee.Text("data.role"), "staff");
    EXPECT_EQ(employee.Text("data.task_group"), "general");
    EXPECT_EQ(employee.Number("data.max_uses"), 1);
    EXPECT_EQ(employee.Text("data.expires_at"), InDays(30));
    EXPECT_EQ(employee.Text("data.template"), "New Employee");
    const Answer manager = Create(R"({"template": "manager promotion", "task_group": "cleaning"})");
    EXPECT_EQ(manager.Text("data.role"), "manager");
    EXPECT_EQ(manager.Text("data.task_group"), "cleaning");
    EXPECT_EQ(manager.Text("data.expires_at"), InDays(7));
    EXPECT_EQ(manager.Text("data.template"), "Manager Promotion");
    const Answer contractor = Create(R"({"template": "Temporary Contractor"})");
    EXPECT_EQ(contractor.Text("data.role"), "staff");
    EXPECT_EQ(contractor.Text("data.expires_at"), InDays(90));
}

TEST_P(CodeTemplates, WhatIsGivenWinsAndWhatIsLeftOpenIsAsEver) {
    Make(R"({"name": "Spring", "role": "viewer", "task_group": "laundry", "max_uses": 0,
             "expires_days": 14, "account_days": 60, "label": "Spring", "notes": "n",
             "welcome": "w", "tags": ["a"], "email_domains": ["example.org"],
             "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    const Answer all = Create(R"({"template": "Spring"})");
    ASSERT_EQ(all.status, 201) << all.body;
    EXPECT_EQ(all.Number("data.max_uses"), 0);
    EXPECT_EQ(all.Number("data.account_days"), 60);
    EXPECT_EQ(all.Text("data.label"), "Spring");
    EXPECT_EQ(all.Text("data.welcome"), "w");
    EXPECT_EQ(all.Text("data.email_domains.0"), "example.org");
    EXPECT_EQ(all.Text("data.aircraft_roles.0.aircraft"), "N12345");
    const Answer own = Create(
        R"({"template": "Spring", "role": "staff", "max_uses": 3, "label": "Mine", "tags": [],
            "expires_at": "2030-01-01T00:00:00Z", "aircraft_roles": []})");
    ASSERT_EQ(own.status, 201) << own.body;
    EXPECT_EQ(own.Text("data.role"), "staff");
    EXPECT_EQ(own.Number("data.max_uses"), 3);
    EXPECT_EQ(own.Text("data.label"), "Mine");
    EXPECT_EQ(own.Text("data.expires_at"), "2030-01-01T00:00:00Z");
    EXPECT_EQ(boost::json::serialize(own.At("data.aircraft_roles")), "[]");
    EXPECT_EQ(boost::json::serialize(own.At("data.tags")), "[]");
    EXPECT_EQ(own.Text("data.notes"), "n");
    Make(R"({"name": "Open"})");
    const Answer open = Create(R"({"template": "Open"})");
    EXPECT_EQ(open.Number("data.max_uses"), 1);
    EXPECT_EQ(open.Text("data.role"), "staff");
    EXPECT_EQ(open.At("data.expires_at"), nullptr);
}

TEST_P(CodeTemplates, AnUnknownOneIsNamedAndNothingIsMade) {
    const Answer wrong = Create(R"({"template": "Nobody's", "max_uses": -1})");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(wrong.Text("code"), "template.unknown");
    EXPECT_TRUE(wrong.At("fields").as_object().contains("template"));
    EXPECT_TRUE(wrong.At("fields").as_object().contains("max_uses"));
    EXPECT_EQ(Happened(EventKind::kCodeCreated), 0u);
}

TEST_P(CodeTemplates, EachChangeIsOneEvent) {
    const auto one = Make(R"({"name": "Spring", "max_uses": 5})");
    EXPECT_EQ(Happened(EventKind::kTemplateCreated), 1u);
    const Answer changed = house.Ask(Method::kPatch, Path(one), R"({"max_uses": 7})", "ada");
    EXPECT_EQ(changed.Number("data.max_uses"), 7);
    EXPECT_EQ(changed.Text("data.name"), "Spring");
    const Event event = house.Events(1).at(0);
    EXPECT_EQ(event.kind, EventKind::kTemplateEdited);
    EXPECT_EQ(event.details, R"({"max_uses":["5","7"]})");
    EXPECT_EQ(event.subject_name, "Spring");
    house.Ask(Method::kPatch, Path(one), R"({"max_uses": 7})", "ada");
    EXPECT_EQ(Happened(EventKind::kTemplateEdited), 1u) << "the same again is no change";
    EXPECT_EQ(house.Ask(Method::kDelete, Path(one), "", "ada").status, 204);
    EXPECT_EQ(Happened(EventKind::kTemplateDeleted), 1u);
    EXPECT_EQ(house.Get(Path(one), "ada").status, 404);
}

TEST_P(CodeTemplates, CodesStayAsTheyAreWhenTheirTemplateChangesOrGoes) {
    const auto one = Make(R"({"name": "Spring", "max_uses": 5, "welcome": "Hello"})");
    const auto code = house.Create(R"({"template": "Spring"})");
    const std::string path = fmt::format("/api/invite-codes/{}/", code.at("id").as_int64());
    const std::string before = house.Get(path, "ada").body;
    house.Ask(Method::kPatch, Path(one), R"({"name": "Summer", "max_uses": 9, "welcome": ""})",
              "ada");
    EXPECT_EQ(house.Get(path, "ada").body, before);
    house.Ask(Method::kDelete, Path(one), "", "ada");
    EXPECT_EQ(house.Get(path, "ada").body, before);
    EXPECT_EQ(
        house.Ask(Method::kPatch, path, R"({"notes": "edited"})", "ada").Text("data.template"),
        "Spring");
    EXPECT_EQ(house.Get("/api/invite-codes/?template=Spring", "ada").Rows().size(), 1u);
    EXPECT_EQ(house.Get("/api/invite-codes/?template=Summer", "ada").Rows().size(), 0u);
}

// CODE-8
TEST_P(CodeTemplates, WhoWouldOverwriteAnothersChangeIsTold) {
    const auto one = Make(R"({"name": "Spring"})");
    const std::string tag(house.Get(Path(one), "ada").HeaderValue("etag"));
    const Header match{"if-match", tag};
    EXPECT_EQ(house.Ask(Method::kPatch, Path(one), R"({"notes": "a"})", "ada", {match}).status,
              200);
    EXPECT_EQ(house.Ask(Method::kPatch, Path(one), R"({"notes": "b"})", "ada", {match}).status,
              412);
    EXPECT_EQ(house.Ask(Method::kDelete, Path(one), "", "ada", {match}).status, 412);
    EXPECT_EQ(house.Get(Path(one), "ada").Text("notes"), "a");
}

TEST_P(CodeTemplates, NoTwoAreCalledTheSame) {
    const Answer again = house.Post("/api/templates/", R"({"name": "NEW employee"})", "ada");
    EXPECT_EQ(again.status, 409);
    EXPECT_TRUE(again.At("fields").as_object().contains("name"));
}

// PERM-5
TEST_P(CodeTemplates, NobodyMakesOneThatCarriesMoreThanTheyMayGrant) {
    for (const char* beyond :
         {R"({"name": "x", "role": "admin"})", R"({"name": "x", "task_group": "laundry"})",
          R"({"name": "x", "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})"}) {
        const Answer refused = house.Post("/api/templates/", beyond, "max");
        EXPECT_EQ(refused.status, 400) << beyond;
        EXPECT_EQ(refused.Text("code"), "template.beyond") << beyond;
    }
    const auto own = Make(R"({"name": "Cleaners", "role": "manager"})", "max");
    EXPECT_EQ(house.Ask(Method::kPatch, Path(own), R"({"role": "admin"})", "max").status, 400);
    EXPECT_EQ(house.Ask(Method::kPatch, Path(own), R"({"role": "staff"})", "max").status, 200);
    EXPECT_EQ(house.Post("/api/templates/", R"({"name": "x"})", "sam").status, 403);
}

TEST_P(CodeTemplates, AnothersIsChangedByWhoMayGrantEverything) {
    const std::string employee = fmt::format("/api/templates/{}/", IdOf("New Employee"));
    EXPECT_EQ(house.Ask(Method::kPatch, employee, R"({"notes": "x"})", "max").status, 403);
    EXPECT_EQ(house.Ask(Method::kDelete, employee, "", "max").status, 403);
    EXPECT_EQ(house.Ask(Method::kPatch, employee, R"({"notes": "x"})", "ada").status, 200);
    const auto theirs = Make(R"({"name": "Cleaners"})", "max");
    EXPECT_EQ(house.Ask(Method::kDelete, Path(theirs), "", "ada").status, 204);
}

// PERM-5, APPR-1
TEST_P(CodeTemplates, WhoUsesOneIsJudgedByTheirOwnAuthority) {
    Make(R"({"name": "Second admin", "role": "admin"})");
    EXPECT_EQ(Create(R"({"template": "Second admin"})", "max").Text("data.status"), "pending");
    EXPECT_EQ(Create(R"({"template": "Second admin"})", "ada").Text("data.status"), "active");
}

// ── In the portals ─────────────────────────────────────────────────────────────────────────────

TEST_P(CodeTemplates, TheListSaysWhatEachGrantsAndHowManyCodesCameOfIt) {
    house.Create(R"({"template": "New Employee"})");
    house.Create(R"({"template": "New Employee"})");
    const std::string page = In("ada").Get("/admin/templates/").body;
    for (const char* words : {"New Employee", "Staff · General · 1 use · 30 days", "2 codes",
                              "Manager · 1 use · 7 days", "No code yet",
                              "/admin/create-invite-code/?template=New%20Employee",
                              "/admin/invite-codes/?template=New%20Employee"})
        EXPECT_THAT(page, HasSubstr(words));
}

TEST_P(CodeTemplates, OneIsMadeChangedAndDeletedOnItsPages) {
    Visitor ada = In("ada");
    const Answer refused = ada.Submit("/admin/templates/new/", "/admin/templates/new/",
                                      {{"name", ""}, {"notes", "kept"}, {"max_uses", "-1"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr("A template needs a name"));
    EXPECT_THAT(refused.body, HasSubstr("kept"));
    const Answer made = ada.Submit("/admin/templates/new/", "/admin/templates/new/",
                                   {{"name", "Spring"}, {"max_uses", "5"}, {"role", ""}});
    ASSERT_EQ(made.status, 303);
    EXPECT_EQ(made.HeaderValue("location"), "/admin/templates/");
    const std::string path = fmt::format("/admin/templates/{}/", IdOf("Spring"));
    const Answer saved =
        ada.Submit(path, path, {{"version", "1"}, {"name", "Spring"}, {"max_uses", "7"}});
    EXPECT_EQ(saved.status, 303);
    const Answer stale =
        ada.Submit(path, path, {{"version", "1"}, {"name", "Spring"}, {"max_uses", "9"}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_THAT(stale.body, HasSubstr("Somebody changed this template meanwhile"));
    EXPECT_THAT(ada.Get(path + "delete/").body, HasSubstr("Delete Spring?"));
    EXPECT_EQ(ada.Submit(path + "delete/", path + "delete/", {{"version", "2"}}).status, 303);
    EXPECT_EQ(IdOf("Spring"), 0);
}

TEST_P(CodeTemplates, AnExistingCodeIsSavedAsOne) {
    const auto code = house.Create(
        R"({"label": "Spring pilots", "max_uses": 5, "expires_days": 14, "email": "a@example.org",
            "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    Visitor ada = In("ada");
    const std::string id = std::to_string(code.at("id").as_int64());
    const std::string detail = ada.Get("/admin/invite-codes/" + id + "/").body;
    EXPECT_THAT(detail, HasSubstr("/admin/templates/new/?code=" + id));
    const std::string form = ada.Get("/admin/templates/new/?code=" + id).body;
    EXPECT_THAT(form, HasSubstr("value=\"Spring pilots\""));
    EXPECT_THAT(form, HasSubstr("value=\"14\""));
    EXPECT_THAT(form, HasSubstr("<option value=\"N12345\" selected"));
    EXPECT_THAT(form, Not(HasSubstr("a@example.org")));
}

TEST_P(CodeTemplates, TheFormIsFilledInEveryPortalAndNothingTypedIsLost) {
    Make(R"({"name": "Spring", "role": "viewer", "max_uses": 5, "expires_days": 14,
             "label": "Spring pilots"})");
    for (const auto& [who, create] : {std::pair{"ada", "/admin/create-invite-code/"},
                                      std::pair{"max", "/manager/create-invite-code/"},
                                      std::pair{"sam", "/manage/invitations/new/"}}) {
        SCOPED_TRACE(who);
        Visitor visitor = In(who);
        const std::string linked = visitor.Get(std::string(create) + "?template=spring").body;
        EXPECT_THAT(linked, HasSubstr("value=\"Spring pilots\""));
        EXPECT_THAT(linked, HasSubstr("name=\"template_was\" value=\"Spring\""));
        const Answer used = visitor.Submit(create, create,
                                           {{"template", "Spring"},
                                            {"template_was", ""},
                                            {"use_template", "Use"},
                                            {"label", ""},
                                            {"email", "bob@example.org"},
                                            {"max_uses", "77"}});
        EXPECT_EQ(used.status, 200);
        EXPECT_THAT(used.body, HasSubstr("value=\"Spring pilots\""));
        EXPECT_THAT(used.body, HasSubstr("value=\"bob@example.org\""));
        EXPECT_THAT(used.body, Not(HasSubstr("value=\"77\"")));
        const Answer changed = visitor.Submit(create, create,
                                              {{"template", ""},
                                               {"template_was", "Spring"},
                                               {"label", "Spring pilots"},
                                               {"email", "bob@example.org"},
                                               {"max_uses", "6"}});
        EXPECT_EQ(changed.status, 200) << "another template is looked at before it is used";
        EXPECT_THAT(changed.body, Not(HasSubstr("value=\"Spring pilots\"")));
        EXPECT_THAT(changed.body, HasSubstr("value=\"6\""));
    }
    EXPECT_EQ(Happened(EventKind::kCodeCreated), 0u);
}

TEST_P(CodeTemplates, TheShortFormMakesAllOfWhatTheTemplateSays) {
    Make(R"({"name": "Spring", "role": "viewer", "task_group": "laundry", "notes": "From spring",
             "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    Visitor sam = In("sam");
    const std::string form = sam.Get("/manage/invitations/new/?template=Spring").body;
    EXPECT_THAT(form, HasSubstr("Viewer · Laundry · N12345 pilot"));
    const Answer made = sam.Submit("/manage/invitations/new/", "/manage/invitations/new/",
                                   {{"template", "Spring"},
                                    {"template_was", "Spring"},
                                    {"label", "Laundry"},
                                    {"max_uses", "2"},
                                    {"expires_at", ""}});
    ASSERT_EQ(made.status, 303) << made.body;
    const Answer codes = house.Get("/api/invite-codes/?template=Spring", "ada");
    EXPECT_EQ(codes.Text("results.0.role"), "viewer");
    EXPECT_EQ(codes.Text("results.0.task_group"), "laundry");
    EXPECT_EQ(codes.Text("results.0.notes"), "From spring");
    EXPECT_EQ(codes.Text("results.0.aircraft_roles.0.role"), "pilot");
    EXPECT_EQ(codes.Number("results.0.max_uses"), 2);
}

TEST_P(CodeTemplates, AnUnknownOneInTheAddressIsSaidInTheForm) {
    const Answer page = In("ada").Get("/admin/create-invite-code/?template=Nobody");
    EXPECT_EQ(page.status, 400);
    EXPECT_THAT(page.body, HasSubstr("There is no template of this name"));
}

}  // namespace
}  // namespace ostiary
