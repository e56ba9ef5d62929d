#pragma once

// A directory at work: asks below /scim/v2 with a token that has no other scope (HR-1).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/tokens.h"
#include "support/house.h"

namespace ostiary {

class Scim : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer Ask(Method method, std::string_view path, std::string_view body = "",
               std::vector<Header> more = {}) {
        more.push_back(token_);
        if (!body.empty()) more.emplace_back("content-type", "application/scim+json");
        return house.Ask(method, "/scim/v2" + std::string(path), body, "", std::move(more));
    }
    Answer Get(std::string_view path) { return Ask(Method::kGet, path); }
    Answer Post(std::string_view path, std::string_view body) {
        return Ask(Method::kPost, path, body);
    }
    Answer Put(std::string_view path, std::string_view body) {
        return Ask(Method::kPut, path, body);
    }
    Answer Delete(std::string_view path) { return Ask(Method::kDelete, path); }
    // The operations of a PATCH, as they stand between the brackets.
    Answer Patch(std::string_view path, std::string_view operations) {
        return Ask(Method::kPatch, path,
                   fmt::format(R"({{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],)"
                               R"("Operations":[{}]}})",
                               operations));
    }
    static boost::json::array Listed(const Answer& answer, std::string_view path) {
        return answer.At(path).as_array();
    }
    // Somebody new, called {name}@example.org.
    std::string Make(std::string_view name, std::string_view more = "") {
        const Answer made = Post(
            "/Users", fmt::format(R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],)"
                                  R"("userName":"{0}@example.org","externalId":"x-{0}",)"
                                  R"("displayName":"{0} Amsel","name":{{"givenName":"{0}",)"
                                  R"("familyName":"Amsel"}}{1}}})",
                                  name, more));
        EXPECT_EQ(made.status, 201) << made.body;
        return made.Text("id");
    }
    // The userNames that a filter finds, without their domain.
    std::vector<std::string> Names(std::string_view filter, std::string_view more = "") {
        const Answer answer = Get(fmt::format("/Users?filter={}{}", Escaped(filter), more));
        EXPECT_EQ(answer.status, 200) << filter << " " << answer.body;
        std::vector<std::string> names;
        if (answer.status == 200)
            for (const auto& one : Listed(answer, "Resources")) {
                const std::string name(one.as_object().at("userName").as_string());
                names.push_back(name.substr(0, name.find('@')));
            }
        return names;
    }
    static std::string Escaped(std::string_view text) {
        std::string escaped;
        for (const char c : text)
            escaped += std::isalnum(static_cast<unsigned char>(c)) != 0
                           ? std::string(1, c)
                           : fmt::format("%{:02X}", static_cast<unsigned char>(c));
        return escaped;
    }
    // The code that somebody was invited with.
    Code CodeOf(std::string_view id) {
        std::optional<Code> code;
        house.store->Read([&](Work& work) {
            const auto people = work.scim.Find({ScimLookup::By::kId, std::string(id)});
            if (!people.empty()) code = work.codes.Find(people[0].row.code_id);
        });
        return code.value();
    }
    // Joins with the code; the account's name is as given, and its address as the code's.
    void Join(std::string_view id, std::string_view username) {
        EXPECT_EQ(house.Register(CodeOf(id).code, username).status, 201);
    }
    std::vector<EventKind> LastEvents(std::size_t most) {
        std::vector<EventKind> kinds;
        for (const Event& event : house.Events(most)) kinds.push_back(event.kind);
        return kinds;
    }
    std::vector<Mail> Mails(CodeId code) {
        std::vector<Mail> mails;
        house.store->Read([&](Work& work) { mails = work.mails.ListOfCode(code, 50); });
        return mails;
    }

    House house{GetParam()};

private:
    Header MakeToken() {
        const Actor console = Actor::Console("test");
        return {"authorization",
                "Bearer " + CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(),
                                           house.world, "ada", "directory", {"scim"}, "")
                                ->token};
    }
    Header token_ = MakeToken();
};

}  // namespace ostiary
