// HR-1: what the operations of a PATCH make of a person (RFC 7644, 3.5.2), form by form.

#include "api/scim_patch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <boost/json.hpp>

namespace ostiary::scim {
namespace {

namespace json = boost::json;

constexpr const char* kAnn = R"({"userName":"ann","displayName":"Ann","active":true,
    "name":{"givenName":"Ann","familyName":"Amsel"},
    "emails":[{"value":"a@w.example","type":"work","primary":true},
              {"value":"a@h.example","type":"home"}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Flight"}})";

Result<json::object> Patched(const std::string& operations) {
    json::object resource = json::parse(kAnn).as_object();
    const json::object body =
        json::parse(fmt::format(R"({{"Operations":[{}]}})", operations)).as_object();
    TRY(Apply(UserType(), TRY(ReadOperations(body)), resource));
    return resource;
}

struct Row {
    const char* operations;
    const char* at;      // what is looked at: a JSON pointer
    const char* became;  // as JSON; null: it is not there
};
// clang-format off
constexpr Row kRows[] = {
    // add
    {R"({"op":"add","path":"title","value":"Pilot"})", "/title", R"("Pilot")"},
    {R"({"op":"add","path":"displayName","value":"Anna"})", "/displayName", R"("Anna")"},
    {R"({"op":"add","path":"name.middleName","value":"B"})", "/name/middleName", R"("B")"},
    {R"({"op":"add","path":"name","value":{"middleName":"B"}})", "/name", R"({"givenName":"Ann","familyName":"Amsel","middleName":"B"})"},
    {R"({"op":"add","path":"emails","value":[{"value":"c@x.example","type":"other"}]})", "/emails/2/value", R"("c@x.example")"},
    {R"({"op":"add","path":"emails","value":{"value":"a@h.example","type":"home"}})", "/emails/2", "null"},
    {R"({"op":"add","path":"emails","value":[{"value":"c@x.example","primary":true}]})", "/emails/0/primary", "null"},
    {R"({"op":"add","path":"emails[type eq \"home\"].display","value":"At home"})", "/emails/1/display", R"("At home")"},
    {R"({"op":"add","path":"phoneNumbers[type eq \"work\"].value","value":"123"})", "/phoneNumbers", R"([{"type":"work","value":"123"}])"},
    {R"({"op":"add","path":"addresses[type eq \"work\"].locality","value":"Ulm"})", "/addresses", R"([{"type":"work","locality":"Ulm"}])"},
    {R"({"op":"add","value":{"title":"Pilot","nickName":"A"}})", "/nickName", R"("A")"},
    {R"({"op":"add","value":{"name.givenName":"Anna"}})", "/name/givenName", R"("Anna")"},
    {R"({"op":"add","value":{"emails[type eq \"home\"].value":"n@h.example"}})", "/emails/1/value", R"("n@h.example")"},
    {R"({"op":"add","value":{"colour":"red","title":"T"}})", "/colour", "null"},
    {R"({"op":"add","value":{"id":"9","meta":{},"groups":[]}})", "/id", "null"},
    // replace
    {R"({"op":"replace","path":"userName","value":"anna"})", "/userName", R"("anna")"},
    {R"({"op":"replace","path":"USERNAME","value":"anna"})", "/userName", R"("anna")"},
    {R"({"op":"replace","path":"emails","value":[{"value":"o@x.example"}]})", "/emails", R"([{"value":"o@x.example"}])"},
    {R"({"op":"replace","path":"emails[type eq \"work\"].value","value":"n@w.example"})", "/emails/0/value", R"("n@w.example")"},
    {R"({"op":"replace","path":"emails[type eq \"home\"]","value":{"value":"n@h.example"}})", "/emails/1", R"({"value":"n@h.example","type":"home"})"},
    {R"({"op":"replace","path":"emails[type eq \"home\"].primary","value":true})", "/emails/0/primary", "null"},
    {R"({"op":"replace","path":"name.familyName","value":"Adler"})", "/name/familyName", R"("Adler")"},
    {R"({"op":"replace","path":"title","value":"T"})", "/title", R"("T")"},
    {R"({"op":"replace","value":{"displayName":"A","active":false}})", "/active", "false"},
    {R"({"op":"replace","path":"displayName","value":null})", "/displayName", "null"},
    {R"({"op":"replace","path":"displayName","value":""})", "/displayName", "null"},
    // remove
    {R"({"op":"remove","path":"displayName"})", "/displayName", "null"},
    {R"({"op":"remove","path":"name.familyName"})", "/name", R"({"givenName":"Ann"})"},
    {R"({"op":"remove","path":"emails"})", "/emails", "null"},
    {R"({"op":"remove","path":"emails[type eq \"home\"]"})", "/emails/1", "null"},
    {R"({"op":"remove","path":"emails[type eq \"other\"]"})", "/emails/1/type", R"("home")"},
    {R"({"op":"remove","path":"emails[type eq \"home\"].type"})", "/emails/1", R"({"value":"a@h.example"})"},
    {R"({"op":"remove","path":"emails","value":[{"value":"a@h.example"}]})", "/emails/1", "null"},
    {R"({"op":"remove","path":"title"})", "/title", "null"},
    // As Entra ID writes it.
    {R"({"op":"Add","path":"title","value":"T"})", "/title", R"("T")"},
    {R"({"op":"Replace","path":"active","value":"False"})", "/active", "false"},
    {R"({"op":"Replace","path":"active","value":"True"})", "/active", "true"},
    {R"({"op":"Replace","path":"active","value":[false]})", "/active", "false"},
    {R"({"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"77"})",
     "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value", R"("77")"},
    {R"({"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Ground"})",
     "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department", R"("Ground")"},
    {R"({"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":12})",
     "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/employeeNumber", R"("12")"},
    {R"({"op":"Replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division":"D"}})",
     "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/division", R"("D")"},
    {R"({"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"costCenter":"C"}}})",
     "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", R"({"department":"Flight","costCenter":"C"})"},
    // One after the other.
    {R"({"op":"remove","path":"emails"},{"op":"add","path":"emails","value":[{"value":"z@z.example"}]})", "/emails", R"([{"value":"z@z.example"}])"},
};
struct Refusal {
    const char* operations;
    const char* reason;
};
constexpr Refusal kRefusals[] = {
    {R"({"op":"copy","path":"title","value":"x"})", "scim.invalidSyntax"},
    {R"({"path":"title","value":"x"})", "scim.invalidSyntax"},
    {R"("add")", "scim.invalidSyntax"},
    {R"({"op":"add","path":5,"value":"x"})", "scim.invalidPath"},
    {R"({"op":"add","path":"title"})", "scim.invalidValue"},
    {R"({"op":"add","path":"colour","value":"red"})", "scim.invalidPath"},
    {R"({"op":"add","path":"emails[colour eq \"red\"].value","value":"x"})", "scim.invalidFilter"},
    {R"({"op":"add","path":"emails[type","value":"x"})", "scim.invalidPath"},
    {R"({"op":"add","path":"title[type eq \"x\"]","value":"x"})", "scim.invalidPath"},
    {R"({"op":"add","value":"x"})", "scim.invalidValue"},
    {R"({"op":"remove"})", "scim.noTarget"},
    {R"({"op":"remove","path":"userName"})", "scim.mutability"},
    {R"({"op":"replace","path":"userName","value":null})", "scim.mutability"},
    {R"({"op":"replace","path":"id","value":"9"})", "scim.mutability"},
    {R"({"op":"replace","path":"meta.created","value":"x"})", "scim.mutability"},
    {R"({"op":"add","path":"groups","value":[{"value":"role.admin"}]})", "scim.mutability"},
    {R"({"op":"replace","path":"urn:ostiary:params:scim:schemas:1.0:Access:username","value":"x"})", "scim.mutability"},
    {R"({"op":"replace","path":"emails[type eq \"other\"].value","value":"x"})", "scim.noTarget"},
    {R"({"op":"replace","path":"emails[type ne \"work\" and type ne \"home\"].value","value":"x"})", "scim.noTarget"},
    {R"({"op":"add","path":"emails[type co \"oth\"].value","value":"x"})", "scim.noTarget"},
    {R"({"op":"replace","path":"active","value":"maybe"})", "scim.invalidValue"},
    {R"({"op":"replace","path":"title","value":{"a":1}})", "scim.invalidValue"},
    {R"({"op":"replace","path":"name","value":["a","b"]})", "scim.invalidValue"},
    {R"({"op":"replace","path":"urn:ostiary:params:scim:schemas:1.0:Access:aircraftRoles","value":[{"aircraft":"N12345"}]})", "scim.invalidValue"},
};
// clang-format on

TEST(ScimPatch, HR1EveryFormDoesWhatTheRfcSays) {
    for (const auto& [operations, at, became] : kRows) {
        const auto patched = Patched(operations);
        ASSERT_TRUE(patched.ok()) << operations << ": " << patched.error().details;
        const json::value whole = patched.value();
        json::error_code code;
        const json::value* found = whole.find_pointer(at, code);
        EXPECT_EQ(found ? json::serialize(*found) : "null", became) << operations;
    }
}

TEST(ScimPatch, HR1WhatCannotBeDoneSaysWhy) {
    for (const auto& [operations, reason] : kRefusals) {
        const auto patched = Patched(operations);
        ASSERT_FALSE(patched.ok()) << operations << " " << json::serialize(patched.value());
        EXPECT_EQ(patched.error().reason, reason) << operations << ": " << patched.error().details;
    }
    EXPECT_EQ(ReadOperations({}).error().reason, "scim.invalidSyntax");
    EXPECT_EQ(ReadOperations(json::parse(R"({"Operations":[]})").as_object()).error().reason,
              "scim.invalidSyntax");
    EXPECT_TRUE(ReadOperations(
                    json::parse(R"({"operations":[{"OP":"REMOVE","PATH":"title"}]})").as_object())
                    .ok());
}

TEST(ScimPatch, HR1WhatIsReadIsSpelledAsTheTablesDo) {
    const auto read = [](const char* body) {
        return json::serialize(ReadResource(UserType(), json::parse(body).as_object()).value());
    };
    EXPECT_EQ(read(R"({"USERNAME":"ann","Active":"True","colour":"red","id":"5","title":null})"),
              R"({"userName":"ann","active":true})");
    EXPECT_EQ(read(R"({"Name":{"GivenName":"Ann","colour":1}})"),
              R"({"name":{"givenName":"Ann"}})");
    EXPECT_EQ(read(R"({"emails":"a@b.example","phoneNumbers":[]})"),
              R"({"emails":[{"value":"a@b.example"}]})");
    EXPECT_EQ(
        read(R"({"URN:ietf:params:scim:schemas:extension:enterprise:2.0:user":{"Division":"D"}})"),
        R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"division":"D"}})");
    for (const char* wrong :
         {R"({"userName":["a","b"]})", R"({"active":5})", R"({"name":5})", R"({"emails":[[]]})",
          R"({"title":"a\u0000b"})", R"({"urn:ostiary:params:scim:schemas:1.0:Access":"admin"})"})
        EXPECT_EQ(ReadResource(UserType(), json::parse(wrong).as_object()).error().reason,
                  "scim.invalidValue")
            << wrong;
}

}  // namespace
}  // namespace ostiary::scim
