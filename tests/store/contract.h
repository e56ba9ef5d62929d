#pragma once

// What every test of the store's contract stands on: a fresh database, a standing clock, a store,
// and short ways to make things.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/redemptions.h"
#include "store/store.h"
#include "support/databases.h"

namespace ostiary {

inline Vault::Key KeyOf(std::uint8_t byte) {
    Vault::Key key;
    key.fill(byte);
    return key;
}

class HandClock final : public Clock {
public:
    Millis Now() const override { return now; }
    std::atomic<Millis> now = 1'790'000'000'000;
};

inline Account MakeAccount(const std::string& username) {
    Account account;
    account.id = "account-" + username;
    account.username = account.username_key = username;
    account.name = "Name of " + username;
    account.email = account.email_key = username + "@example.org";
    account.password_hash = "$argon2id$";
    account.role = "staff";
    account.task_group = "general";
    account.joined_at = 1;
    account.time_zone = "Europe/Berlin";
    return account;
}

inline Code MakeCode(const std::string& text) {
    Code code;
    code.code = code.shown = text;
    code.token = "token-of-" + text + "-that-is-long";
    code.label = "Some label";
    code.role = "staff";
    code.task_group = "cleaning";
    code.approved_by = "console:root";  // whose word always stands
    code.created_by = "ada";
    code.created_at = code.updated_at = 1;
    return code;
}

inline CodeQuery EveryCode() {
    CodeQuery query;
    query.scope = CodeScope::All();
    return query;
}

inline SubjectClaim MakeClaim(const std::string& code, const std::string& subject) {
    SubjectClaim claim;
    claim.code = code;
    claim.application = "account-shop";
    claim.subject = subject;
    claim.email = subject + "@example.org";
    claim.actor_name = "shop";
    claim.address = "192.0.2.1";
    claim.request_id = "request-1";
    return claim;
}

class Contract : public testing::TestWithParam<DatabaseKind> {
protected:
    // Another program on the same database would hold a store of its own.
    std::unique_ptr<Store> Open() {
        return OpenStore(database.config(), vault, clock, random,
                         [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
                             return RedeemTogether(work, claims, catalogue, now);
                         });
    }

    CodeId AddCode(const Code& code) {
        CodeId id = 0;
        const auto added = store->Transact([&](Work& work) -> Result<void> {
            id = TRY(work.codes.Add(code));
            return {};
        });
        EXPECT_TRUE(added.ok()) << added.error().reason;
        return id;
    }

    void AddAccount(const std::string& username) {
        ASSERT_TRUE(
            Write([&](Work& work) { return work.accounts.Add(MakeAccount(username)); }).ok());
    }

    template <class F>
    Result<void> Write(F body) {
        return store->Transact([&](Work& work) -> Result<void> {
            if constexpr (std::is_void_v<decltype(body(work))>) {
                body(work);
                return {};
            } else {
                return body(work);
            }
        });
    }

    template <class F>
    auto Read(F body) {
        decltype(body(std::declval<Work&>())) found{};
        store->Read([&](Work& work) { found = body(work); });
        return found;
    }

    std::optional<Code> CodeNow(CodeId id) {
        return Read([&](Work& work) { return work.codes.Find(id); });
    }

    // So many threads, all at once.
    template <class F>
    static void Together(int threads, F task) {
        std::vector<std::thread> running;
        for (int n = 0; n < threads; ++n) running.emplace_back([&task, n] { task(n); });
        for (auto& thread : running) thread.join();
    }

    Database database{GetParam()};
    Vault vault{KeyOf(7)};
    HandClock clock;
    SystemRandom random;
    Catalogue catalogue = Catalogue::Default();
    std::unique_ptr<Store> store = Open();
};

}  // namespace ostiary
