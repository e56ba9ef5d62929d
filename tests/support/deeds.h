#pragma once

// Everything that can be done through any door, once each: what the audit log must remember
// (AUD-1).

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/accounts.h"
#include "core/aircraft.h"
#include "support/visitor.h"

namespace ostiary {

// Things that deeds are done to; each is made anew where one deed would spoil it for another.
class Stage {
public:
    explicit Stage(House& house_) : house(house_), browser(house_) {}

    std::string Code(const std::string& body = R"({"label": "Spring", "max_uses": 9})",
                     std::string_view as = "ada") {
        return std::to_string(house.Create(body, as).at("id").as_int64());
    }
    std::string Word(const std::string& body = R"({"label": "Spring", "max_uses": 9})",
                     std::string_view as = "ada") {
        return std::string(house.Create(body, as).at("code").as_string());
    }
    std::string Account(const std::string& name) {
        AccountDraft draft;
        draft.username = name;
        draft.email = name + "@example.org";
        draft.password = std::string(kGoodPassword);
        return CreateAccount(MayWrite(), house.world, draft).value().id;
    }
    std::string Inactive(const std::string& name) {
        std::string id = Account(name);
        EXPECT_TRUE(DeactivateAccount(MayWrite(), house.world, id).ok());
        return id;
    }
    std::string Api(Method method, const std::string& path, const std::string& body = "",
                    std::string_view as = "ada") {
        const Answer answer = house.Ask(method, path, body, as);
        EXPECT_LT(answer.status, 300) << path << " " << answer.body;
        return answer.body.starts_with("{") ? answer.Text("data.id") : "";
    }
    std::string Hook() {
        return Api(Method::kPost, "/api/webhooks/",
                   R"({"url": "https://example.org/x", "events": ["code.redeemed"]})");
    }
    std::string Plane(const std::string& registration) {
        return AddAircraft(console.Ask<Permission::kAircraftWrite>().value(), house.world,
                           registration, "")
            .value()
            .registration;
    }
    std::string ResetLink(const std::string& id) {
        const std::string page = "/admin/users/" + id + "/";
        EXPECT_EQ(browser.Submit(page, page + "reset-link/", {}).status, 200);
        return page;
    }
    Permit<Permission::kUsersWrite> MayWrite() {
        return console.Ask<Permission::kUsersWrite>().value();
    }

    House& house;
    Visitor browser;  // ada's
    const Actor console = Actor::Console("test");
};

struct Deed {
    EventKind kind;
    std::string actor;  // nobody: a visitor, or the program itself
    Door door;
    // Makes what is needed, and gives what is then done.
    std::function<std::function<void()>(Stage&)> prepare;
    std::vector<EventKind> besides = {};  // what happens before it, as a part of it
};

// All of them; what one spoils for another is made anew.
std::vector<Deed> EveryDeed();

}  // namespace ostiary
