#pragma once

// A house into which people are pulled from a file (HR-1).

#include "core/pulls.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "core/accounts.h"
#include "core/audit_verify.h"
#include "core/mails_delivery.h"
#include "core/notifications.h"
#include "core/scim.h"
#include "core/sessions.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {

inline constexpr std::string_view kFile =
    "id,name,email,role,active\n"
    "1,Ann Able,ann@example.org,staff,yes\n"
    "2,Bob Best,bob@example.org,viewer,yes\n"
    "3,Cid Cole,cid@example.org,staff,yes\n";

class PullHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    PullHouse() { house.config.pull_source = "/srv/people.csv"; }

    Permit<Permission::kUsersWrite> May(std::string_view as = "ada") {
        actor_ = house.ActorOf(as);
        return actor_.Ask<Permission::kUsersWrite>().value();
    }
    // What came of a file.
    Pull Fetch(std::string_view file) {
        house.clock.Pass(kSecond);
        EXPECT_TRUE(AskForPull(May(), house.world).ok());
        const auto task = TakePullTask(house.world);
        if (!task) return ADD_FAILURE() << "nothing is fetched", Pull{};
        TakePulled(house.world, *task, file);
        return Now(task->id);
    }
    Pull Now(const std::string& id) { return GetPull(May(), house.world, id).value(); }
    Result<Pull> Apply(const std::string& id, const PullAsked& asked = {}) {
        const auto begun = ApplyPull(May(), house.world, id, asked);
        if (!begun.ok()) return begun;
        AdvancePulls(house.world, kMinute);
        return Now(id);
    }
    // Applied at once.
    Pull Pulled(std::string_view file, const PullAsked& asked = {}) {
        const Pull pull = Fetch(file);
        const auto applied = Apply(pull.id, asked);
        EXPECT_TRUE(applied.ok()) << applied.error().reason;
        return applied.ok() ? applied.value() : pull;
    }
    std::vector<PullChange> Changes(const std::string& id) {
        return ListPullChanges(May(), house.world, id, 0, 1000).value();
    }
    // "change Bob Best role: viewer → staff", of changes as they are listed.
    std::vector<std::string> Said(const std::string& id) {
        std::vector<std::string> said;
        for (const PullChange& one : Changes(id)) {
            const PullBody body = UnpackBody(one.body);
            std::string line = fmt::format("{} {}", NameOf(one.kind), body.name);
            for (const PullDifference& each : body.differences)
                line += fmt::format(" {}: {} → {}", each.field, each.before, each.after);
            said.push_back(line);
        }
        return said;
    }
    std::vector<std::string> Outcomes(const std::string& id) {
        std::vector<std::string> said;
        for (const PullChange& one : Changes(id))
            said.push_back(fmt::format("{} {}{}", UnpackBody(one.body).name, one.outcome,
                                       one.reason.empty() ? "" : ": " + one.reason));
        return said;
    }
    std::vector<std::string> Errors(const std::string& id) {
        std::vector<std::string> said;
        for (const ImportError& one : ListPullErrors(May(), house.world, id, 1000).value())
            said.push_back(fmt::format("{} {} {}", one.row, one.field, one.reason));
        return said;
    }
    std::optional<ScimPerson> Person(std::string_view email) {
        std::vector<ScimPerson> found;
        house.store->Read([&](Work& work) {
            found = work.scim.Find({ScimLookup::By::kEmail, std::string(email)});
        });
        return found.empty() ? std::nullopt : std::optional(found.front());
    }
    bool IsActive(std::string_view email) {
        const auto person = Person(email);
        return person && person->IsActiveAt(house.clock.Now());
    }
    // Joins with the invitation that was made for this address.
    void Join(const std::string& email, const char* username) {
        const auto person = Person(email);
        ASSERT_TRUE(person && person->code);
        std::optional<Code> code;
        house.store->Read([&](Work& work) { code = work.codes.Find(person->code->id); });
        const std::string body = fmt::format(
            R"({{"invite_code": "{}", "username": "{}", "email": "{}", "password": "{}", )"
            R"("password_confirm": "{}"}})",
            code->code, username, email, kGoodPassword, kGoodPassword);
        ASSERT_EQ(house.Post("/api/register/", body).status, 201);
    }
    std::size_t Count(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    std::int64_t Mails() {
        std::int64_t mails = 0;
        house.store->Read([&](Work& work) {
            mails = work.mails.CountBy(house.AccountId("ada"), house.clock.Now() - kDay);
        });
        return mails;
    }
    std::vector<NotificationKind> Bell(std::string_view as = "ada", Seeing seeing = Seeing::kNo) {
        const Actor actor = house.ActorOf(as);
        std::vector<NotificationKind> kinds;
        for (const Notification& one :
             SeeNotifications(actor.Ask<Permission::kOwnAccount>().value(), house.world, seeing))
            if (!one.seen_at) kinds.push_back(one.kind);
        return kinds;
    }

    House house{GetParam()};

private:
    Actor actor_;
};

}  // namespace ostiary
