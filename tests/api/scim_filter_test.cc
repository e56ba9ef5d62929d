// HR-1: the filters and paths of SCIM, each operator, precedence and escape (RFC 7644, 3.4.2.2).

#include "api/scim_filter.h"

#include <gmock/gmock.h>

#include "api/scim_match.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

const json::object kAnn = json::parse(R"({
    "id": "0001", "externalId": "Ab1", "userName": "ann@example.org", "displayName": "Ann \"A\"",
    "name": {"givenName": "Ann", "familyName": "Ämsel"}, "title": "Pilot", "active": true,
    "emails": [{"value": "ann@example.org", "type": "work", "primary": true},
               {"value": "a@home.example", "type": "home"}],
    "groups": [{"value": "role.staff", "display": "Staff"}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
        {"department": "Flight", "manager": {"value": "0007"}},
    "urn:ostiary:params:scim:schemas:1.0:Access": {"role": "staff", "taskGroup": "cleaning"},
    "meta": {"resourceType": "User", "created": "2026-05-01T12:00:00Z"}})")
                              .as_object();

struct Question {
    const char* filter;
    bool fits;
};
// clang-format off
constexpr Question kQuestions[] = {
    // Every operator.
    {R"(userName eq "ann@example.org")", true},      {R"(userName eq "bob@example.org")", false},
    {R"(userName ne "bob@example.org")", true},      {R"(userName ne "ann@example.org")", false},
    {R"(userName co "@example")", true},             {R"(userName co "@exampel")", false},
    {R"(userName sw "ann")", true},                  {R"(userName sw "nn")", false},
    {R"(userName ew ".org")", true},                 {R"(userName ew ".or")", false},
    {R"(userName gt "anm")", true},                  {R"(userName gt "ann@example.org")", false},
    {R"(userName ge "ann@example.org")", true},      {R"(userName ge "b")", false},
    {R"(userName lt "b")", true},                    {R"(userName lt "ann@example.org")", false},
    {R"(userName le "ann@example.org")", true},      {R"(userName le "a")", false},
    {"title pr", true},                              {"nickName pr", false},
    {"active eq true", true},                        {"active eq false", false},
    {"active ne false", true},                       {R"(active eq "True")", true},
    {"active eq False", false},
    // What is not there is null, and nothing else.
    {"nickName eq null", true},                      {"title eq null", false},
    {"nickName ne null", false},                     {"title ne null", true},
    {R"(nickName eq "")", false},                    {R"(nickName ne "x")", true},
    // Names and words in any case; values as their attribute says.
    {R"(USERNAME EQ "ANN@EXAMPLE.ORG")", true},      {R"(Title Eq "pILOT")", true},
    {R"(externalId eq "Ab1")", true},                {R"(externalId eq "ab1")", false},
    {R"(id eq "0001")", true},                       {R"(name.FAMILYNAME eq "Ämsel")", true},
    // Moments.
    {R"(meta.created gt "2026-05-01T11:59:59Z")", true},
    {R"(meta.created eq "2026-05-01T14:00:00+02:00")", true},
    {R"(meta.created lt "2026-05-01T12:00:00Z")", false},
    {R"(meta.created le "2026-05-01T12:00:00Z")", true},
    // Parts, lists, and what stands in brackets.
    {R"(name.givenName eq "Ann")", true},            {R"(emails.value co "home")", true},
    {R"(emails eq "a@home.example")", true},         {R"(emails.type eq "other")", false},
    {R"(emails[type eq "work" and value co "@example.org"])", true},
    {R"(emails[type eq "home" and value co "@example.org"])", false},
    {R"(emails[primary eq true])", true},            {R"(emails[not (type eq "work")])", true},
    {R"(emails[type eq "work" or type eq "x"] and active eq true)", true},
    {R"(groups[display eq "staff"])", true},         {R"(groups.value eq "role.staff")", true},
    {"emails[display pr]", false},                   {"emails.display pr", false},
    // URNs, and extensions without one.
    {R"(urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ann")", true},
    {R"(URN:IETF:params:scim:schemas:extension:enterprise:2.0:user:department eq "flight")", true},
    {R"(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "0007")", true},
    {R"(manager eq "0007")", true},                  {R"(manager eq "0008")", false},
    {R"(urn:ostiary:params:scim:schemas:1.0:Access:role eq "staff")", true},
    // and binds closer than or; not and parentheses closer still.
    {R"(title eq "x" and active eq true or active eq true)", true},
    {R"(active eq true or active eq true and title eq "x")", true},
    {R"((active eq true or active eq true) and title eq "x")", false},
    {R"(not (title eq "x") and active eq true)", true},
    {R"(not (title eq "pilot" or active eq false))", false},
    {R"(not(not(active eq true)))", true},
    // Escapes.
    {R"(displayName eq "Ann \"A\"")", true},         {R"(displayName co "\u0022A")", true},
    {R"(name.familyName eq "\u00c4msel")", true},    {R"(title co "\\")", false},
    {R"(  title   eq   "Pilot"  )", true},
};
constexpr const char* kNonsense[] = {
    "", " ", "title", "title eq", "title eq Pilot", R"(title is "Pilot")", R"(eq "x")",
    R"(title eq "Pilot)", R"(title eq "x" and)", R"(title eq "x" title eq "x")", "(title pr",
    "title pr)", R"(emails[type eq "work")", R"(emails[emails[type pr]])", "not title pr",
    R"(emails[type eq "work"].value eq "x")", R"(title eq "\x")", R"(title eq "a\u0000b")", R"(title eq "\ud800")", "title eq [1]", "title eq {}",
    R"(.title eq "x")", R"(title. eq "x")", R"(a.b.c eq "x")", R"(foo:title eq "x")", "1title pr",
};
constexpr const char* kImpossible[] = {
    R"(colour eq "red")", R"(name.colour pr)", R"(emails[colour eq "red"])", "active gt true",
    R"(active co "t")", R"(active eq "maybe")", "title eq 5", "title eq true", R"(name eq "Ann")",
    "title gt null", R"(title[value eq "x"])", R"(meta.created gt "yesterday")",
    R"(urn:ietf:params:scim:schemas:core:2.0:Group:members pr)",
};
// clang-format on

TEST(ScimFilter, HR1EveryOperatorMeansWhatTheRfcSays) {
    for (const auto& [text, fits] : kQuestions) {
        const auto filter = ParseFilter(text);
        ASSERT_TRUE(filter.ok()) << text << ": " << filter.error().details;
        const auto checked = CheckFilter(UserType(), filter.value());
        ASSERT_TRUE(checked.ok()) << text << ": " << checked.error().details;
        EXPECT_EQ(Fits(UserType(), kAnn, filter.value()), fits) << text;
    }
}

TEST(ScimFilter, HR1WhatIsWrittenCanBeReadAgainAndMeansTheSame) {
    for (const auto& [text, fits] : kQuestions) {
        const std::string written = Write(ParseFilter(text).value());
        const auto again = ParseFilter(written);
        ASSERT_TRUE(again.ok()) << text << " became " << written;
        EXPECT_EQ(Fits(UserType(), kAnn, again.value()), fits) << written;
        EXPECT_EQ(Write(again.value()), written);
    }
}

TEST(ScimFilter, HR1NonsenseIsRefusedWithItsPlace) {
    for (const char* text : kNonsense) {
        const auto filter = ParseFilter(text);
        ASSERT_FALSE(filter.ok()) << text;
        EXPECT_EQ(filter.error().reason, "scim.invalidFilter") << text;
        EXPECT_THAT(filter.error().details, HasSubstr("character")) << text;
    }
}

TEST(ScimFilter, HR1WhatCannotBeComparedIsRefusedByName) {
    for (const char* text : kImpossible) {
        const auto filter = ParseFilter(text);
        ASSERT_TRUE(filter.ok()) << text << ": " << filter.error().details;
        const auto checked = CheckFilter(UserType(), filter.value());
        ASSERT_FALSE(checked.ok()) << text;
        EXPECT_EQ(checked.error().reason, "scim.invalidFilter") << text;
    }
}

TEST(ScimFilter, HR1DepthAndLengthAreBounded) {
    std::string deep(100, '(');
    deep += "title pr" + std::string(100, ')');
    EXPECT_FALSE(ParseFilter(deep).ok());
    std::string nots;
    for (int i = 0; i < 100; ++i) nots += "not (";
    EXPECT_FALSE(ParseFilter(nots + "title pr" + std::string(100, ')')).ok());
    EXPECT_TRUE(ParseFilter("((((title pr))))").ok());
    EXPECT_FALSE(ParseFilter("title eq \"" + std::string(kLongestFilter, 'x') + "\"").ok());
    EXPECT_FALSE(ParseFilter("title\n pr").ok());
}

TEST(ScimFilter, HR1PathsOfPatchAreRead) {
    const Target whole = ParseTarget("userName").value();
    EXPECT_EQ(whole.path.name, "userName");
    const Target part = ParseTarget("name.familyName").value();
    EXPECT_EQ(part.path.sub, "familyName");
    const Target chosen = ParseTarget(R"(emails[type eq "work"].value)").value();
    EXPECT_EQ(chosen.path.name, "emails");
    EXPECT_EQ(chosen.path.sub, "value");
    EXPECT_EQ(Write(chosen.filter.at(0)), R"(type eq "work")");
    const Target urn =
        ParseTarget("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager").value();
    EXPECT_EQ(FindPlace(UserType(), urn.path)->attribute->name, "manager");
    const Target extension = ParseTarget(kAccessUrn).value();
    EXPECT_EQ(FindPlace(UserType(), extension.path)->attribute, nullptr);
    for (const char* text : {"", "a b", "emails[type eq \"work\"", "emails[]", "emails[type pr].",
                             "emails.value[type pr]", "a..b", R"(emails[type pr]value)"})
        EXPECT_EQ(ParseTarget(text).error().reason, "scim.invalidPath") << text;
}

// Whoever fits has it, so nobody else need be looked at.
TEST(ScimFilter, HR1AnEqualityThatAllMustFitIsLookedUp) {
    const auto lookup = [](const char* text) {
        return LookupIn(UserType(), ParseFilter(text).value());
    };
    EXPECT_EQ(lookup(R"(userName eq "a")")->by, ScimLookup::By::kUserName);
    EXPECT_EQ(lookup(R"(externalId eq "a")")->by, ScimLookup::By::kExternalId);
    EXPECT_EQ(lookup(R"(id eq "a")")->by, ScimLookup::By::kId);
    EXPECT_EQ(lookup(R"(emails.value eq "a")")->by, ScimLookup::By::kEmail);
    EXPECT_EQ(lookup(R"(emails eq "a")")->by, ScimLookup::By::kEmail);
    EXPECT_EQ(lookup(R"(emails[type eq "work" and value eq "a"])")->value, "a");
    EXPECT_EQ(lookup(R"(displayName eq "a")")->by, ScimLookup::By::kDisplayName);
    EXPECT_EQ(lookup(R"(active eq true and userName eq "a")")->value, "a");
    for (const char* text :
         {R"(userName eq "a" or title pr)", R"(not (userName eq "a"))", R"(userName ne "a")",
          R"(emails.type eq "work")", "active eq true", R"(emails[value eq "a" or type eq "b"])"})
        EXPECT_FALSE(lookup(text)) << text;
}

TEST(ScimFilter, HR1OnlyWhatIsAskedForIsTold) {
    const auto told = [](const char* only, const char* without) {
        std::vector<std::string> names;
        const json::object resource = Project(ReadProjection(UserType(), only, without), kAnn);
        for (const auto& [name, value] : resource) names.emplace_back(name);
        return names;
    };
    using testing::ElementsAre;
    EXPECT_THAT(told("userName,name.givenName", ""),
                testing::UnorderedElementsAre("id", "userName", "name"));
    EXPECT_THAT(told("colour", ""), ElementsAre("id"));
    EXPECT_THAT(told(std::string(kEnterpriseUrn).c_str(), ""),
                testing::UnorderedElementsAre("id", kEnterpriseUrn));
    EXPECT_THAT(told("", "id,schemas,emails,groups,meta,name,active,title,displayName,externalId"),
                testing::UnorderedElementsAre("id", "userName", kEnterpriseUrn, kAccessUrn));
    const json::object parts =
        Project(ReadProjection(UserType(), "emails.value,name.givenName", ""), kAnn);
    EXPECT_EQ(json::serialize(parts.at("emails")),
              R"([{"value":"ann@example.org"},{"value":"a@home.example"}])");
    EXPECT_EQ(json::serialize(parts.at("name")), R"({"givenName":"Ann"})");
    const json::object fewer = Project(ReadProjection(UserType(), "", "emails.type"), kAnn);
    EXPECT_EQ(json::serialize(fewer.at("emails").at(1)), R"({"value":"a@home.example"})");
}

}  // namespace
}  // namespace ostiary::scim
