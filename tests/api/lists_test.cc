// Lists while others work, and filters at the very moment (API-6, CODE-4).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

class Lists : public testing::TestWithParam<DatabaseKind> {
protected:
    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Lists, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

// Codes come and go between one page and the next.
class Bustle {
public:
    explicit Bustle(House& house) {
        for (int n = 0; n < 2; ++n)
            threads_.emplace_back([this, &house, n] {
                for (int i = 0; !done_; ++i) {
                    const auto id = house
                                        .Create(fmt::format(R"({{"label": "{} passing"}})",
                                                            static_cast<char>('a' + (n + i) % 26)))
                                        .at("id")
                                        .as_int64();
                    house.Ask(Method::kDelete, fmt::format("/api/invite-codes/{}/", id), "", "ada");
                }
            });
    }
    ~Bustle() {
        done_ = true;
        for (auto& thread : threads_) thread.join();
    }

private:
    std::atomic<bool> done_{false};
    std::vector<std::thread> threads_;
};

TEST_P(Lists, AWalkMeetsEveryUntouchedCodeOnceWhateverComesAndGoes) {
    std::set<std::int64_t> untouched;
    for (int n = 0; n < 60; ++n) {
        const auto code = house.Create(
            fmt::format(R"({{"label": "{} stays", "max_uses": 9, "expires_days": {}}})",
                        static_cast<char>('a' + n * 7 % 26), 1 + n * 5 % 30));
        untouched.insert(code.at("id").as_int64());
        for (int use = 0; use < n % 3; ++use)
            house.Post("/api/redemptions/",
                       fmt::format(R"({{"code": "{}", "subject": "u-{}"}})",
                                   std::string(code.at("code").as_string()), use),
                       "ada");
    }
    const Bustle bustle(house);
    for (const char* order :
         {"-created_at", "created_at", "expires_at", "-expires_at", "used_count", "-used_count",
          "last_used_at", "-last_used_at", "label", "-label"}) {
        SCOPED_TRACE(order);
        std::map<std::int64_t, int> met;
        const std::string path = fmt::format("/api/invite-codes/?page_size=7&ordering={}", order);
        std::string cursor;
        for (int pages = 0; pages < 200; ++pages) {
            const Answer page =
                house.Get(cursor.empty() ? path : path + "&cursor=" + cursor, "ada");
            ASSERT_EQ(page.status, 200) << page.body;
            for (const auto& row : page.Rows()) ++met[row.at("id").as_int64()];
            if (page.At("next").is_null()) break;
            cursor = page.Text("next");
        }
        for (const std::int64_t id : untouched) EXPECT_EQ(met[id], 1) << id;
    }
}

TEST_P(Lists, AWalkBackMeetsWhatAWalkForthMet) {
    for (int n = 0; n < 23; ++n) house.Create(fmt::format(R"({{"label": "{}"}})", n * 7 % 23));
    for (const char* order : {"-created_at", "label", "-label", "-expires_at"}) {
        const std::string path = fmt::format("/api/invite-codes/?page_size=5&ordering={}", order);
        std::vector<std::int64_t> forth, back;
        Answer page = house.Get(path, "ada");
        for (;;) {
            for (const auto& row : page.Rows()) forth.push_back(row.at("id").as_int64());
            if (page.At("next").is_null()) break;
            page = house.Get(path + "&cursor=" + page.Text("next"), "ada");
        }
        for (;;) {
            const auto rows = page.Rows();
            for (std::size_t i = rows.size(); i-- > 0;) back.push_back(rows[i].at("id").as_int64());
            if (page.At("previous").is_null()) break;
            EXPECT_NE(page.HeaderValue("link").find("rel=\"prev\""), std::string::npos);
            page = house.Get(path + "&cursor=" + page.Text("previous"), "ada");
        }
        std::ranges::reverse(back);
        EXPECT_EQ(forth.size(), 23u) << order;
        EXPECT_EQ(back, forth) << order;
    }
}

// CODE-4: filters agree with the status that is computed, at every instant where it may change.
TEST_P(Lists, FiltersAgreeWithTheComputedStatusAtEveryBoundary) {
    const Millis start = house.clock.Now();
    std::set<Millis> instants = {start};
    std::vector<std::int64_t> ids;
    for (int n = 0; n < 48; ++n) {
        boost::json::object body;
        const int uses = n % 4, most = n / 4 % 4;  // of 0 (any number), 1, 2 and 5
        body["max_uses"] = std::array{0, 1, 2, 5}[static_cast<std::size_t>(most)];
        const auto at = [&](Millis days) {
            const Millis moment = (start / kSecond + 1) * kSecond + days * kDay;
            for (const Millis beside : {moment - 1, moment, moment + 1}) instants.insert(beside);
            return FormatRfc3339(moment);
        };
        if (n % 3 != 0) body["expires_at"] = at(10 + n % 5);
        if (n % 5 == 0) body["starts_at"] = at(3 + n % 4);
        if (n % 11 == 0) body["role"] = "admin";
        const auto code = house.Create(boost::json::serialize(body), n % 11 == 0 ? "max" : "ada");
        ids.push_back(code.at("id").as_int64());
        for (int use = 0; use < uses; ++use)
            house.Post("/api/redemptions/",
                       fmt::format(R"({{"code": "{}", "subject": "u-{}"}})",
                                   code.contains("code") ? std::string(code.at("code").as_string())
                                                         : "NEVERWAS",
                                   use),
                       "ada");
        if (n % 13 == 0)
            house.Post(fmt::format("/api/invite-codes/{}/revoke/", ids.back()), "", "ada");
    }
    std::set<std::string> seen;
    for (const Millis instant : instants) {
        house.clock.SetTo(instant);
        std::map<std::string, std::set<std::int64_t>> computed;
        for (const std::int64_t id : ids) {
            const Answer code = house.Get(fmt::format("/api/invite-codes/{}/", id), "ada");
            computed[code.Text("status")].insert(id);
            if (code.At("is_usable") == true) computed["usable"].insert(id);
            seen.insert(code.Text("status"));
        }
        for (const char* status : {"pending", "inactive", "expired", "exhausted", "scheduled",
                                   "warning", "active", "usable"}) {
            const Answer list = house.Get(
                fmt::format("/api/invite-codes/?count=true&page_size=100&status={}", status),
                "ada");
            std::set<std::int64_t> listed;
            for (const auto& row : list.Rows()) listed.insert(row.at("id").as_int64());
            EXPECT_EQ(listed, computed[status]) << status << " at " << instant - start;
            EXPECT_EQ(list.Number("count"), static_cast<std::int64_t>(computed[status].size()));
        }
    }
    EXPECT_EQ(seen.size(), 7u) << "every status came up";
}

}  // namespace
}  // namespace ostiary
