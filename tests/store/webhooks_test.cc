// HOOK-1: deliveries are written with the event, claimed by one sender, and kept in order.

#include <gmock/gmock.h>

#include <set>

#include "core/webhooks_delivery.h"
#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class WebhooksContract : public Contract {
protected:
    Webhook AddHook(const std::string& id, std::vector<std::string> kinds = {}) {
        Webhook hook;
        hook.id = id;
        hook.url = "https://" + id + ".example.org/in";
        hook.kinds = std::move(kinds);
        hook.secret = "whsec_c2VjcmV0LW9mLQ==" + id;
        hook.created_by = "ada";
        hook.created_at = hook.updated_at = clock.Now();
        EXPECT_TRUE(Write([&](Work& work) { work.webhooks.Add(hook); }).ok());
        return hook;
    }

    static Event MakeEvent(EventKind kind, CodeId code, Millis at) {
        Event event;
        event.kind = kind;
        event.code_id = code;
        event.at = at;
        return event;
    }

    void Append(EventKind kind, CodeId code = 0) {
        const Event event = MakeEvent(kind, code, clock.Now());
        ASSERT_TRUE(Write([&](Work& work) { work.events.Append(event); }).ok());
    }

    std::vector<Delivery> Log(const std::string& hook) {
        return Read([&](Work& work) { return work.webhooks.ListDeliveries({hook, {}, 0, 100}); });
    }

    std::vector<Delivery> Claim(const std::string& hook, const std::string& lease,
                                std::size_t most = 100) {
        std::vector<Delivery> claimed;
        EXPECT_TRUE(Write([&](Work& work) {
                        claimed = work.webhooks.Claim(hook, lease, clock.Now(),
                                                      clock.Now() + kLease, most);
                    }).ok());
        return claimed;
    }

    void Finish(Delivery delivery, DeliveryState state) {
        delivery.state = state;
        if (state == DeliveryState::kPending)
            delivery.due_at = clock.Now() + kMinute;
        else
            delivery.done_at = clock.Now();
        ASSERT_TRUE(Write([&](Work& work) { work.webhooks.Record(delivery); }).ok());
    }

    static std::vector<CodeId> CodesOf(const std::vector<Delivery>& deliveries) {
        std::vector<CodeId> codes;
        for (const Delivery& one : deliveries) codes.push_back(one.event.code_id);
        return codes;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, WebhooksContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(WebhooksContract, Hook1AWebhookIsKeptAndItsSecretIsSealed) {
    Webhook hook = AddHook("a", {"code.created", "code.redeemed"});
    auto found = Read([&](Work& work) { return work.webhooks.Find("a"); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->secret, hook.secret);
    EXPECT_EQ(found->kinds, hook.kinds);
    EXPECT_FALSE(found->disabled_at);

    hook.old_secret = hook.secret;
    hook.old_secret_until = 77;
    hook.secret = "whsec_bmV3";
    hook.kinds.clear();
    hook.disabled_at = 5;
    hook.disabled_reason = "gone";
    hook.failing_since = 4;
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.Save(hook); }).ok());
    found = Read([&](Work& work) { return work.webhooks.List(); }).at(0);
    EXPECT_EQ(found->secret, "whsec_bmV3");
    EXPECT_EQ(found->old_secret, hook.old_secret);
    EXPECT_EQ(found->old_secret_until, 77);
    EXPECT_THAT(found->kinds, IsEmpty());
    EXPECT_EQ(found->disabled_at, 5);
    EXPECT_EQ(found->disabled_reason, "gone");
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.EndTrouble("a"); }).ok());
    EXPECT_FALSE(Read([&](Work& work) { return work.webhooks.Find("a"); })->failing_since);
    EXPECT_THAT(database.Bytes(), Not(HasSubstr("whsec_")));
}

TEST_P(WebhooksContract, Hook1AnEventFansOutToThoseWhoWantIt) {
    AddHook("all");
    AddHook("some", {"code.created", "code.redeemed"});
    Webhook off = AddHook("off");
    off.disabled_at = 1;
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.Save(off); }).ok());
    Append(EventKind::kCodeRedeemed, 7);
    Append(EventKind::kCodeRevoked, 7);
    Append(EventKind::kLoggedIn);
    EXPECT_THAT(Log("all"), SizeIs(3));
    ASSERT_THAT(Log("some"), SizeIs(1));
    EXPECT_THAT(Log("off"), IsEmpty());
    const Delivery one = Log("some")[0];
    EXPECT_EQ(one.event.kind, EventKind::kCodeRedeemed);
    EXPECT_EQ(one.event.code_id, 7);
    EXPECT_EQ(one.state, DeliveryState::kPending);
    EXPECT_EQ(one.attempts, 0);
    EXPECT_EQ(one.due_at, clock.Now());
    EXPECT_FALSE(one.is_under_way);
}

TEST_P(WebhooksContract, Hook1EventsThatComeTogetherFanOutInTheirOrder) {
    AddHook("all");
    std::vector<Event> events;
    for (CodeId code = 1; code <= 20; ++code)
        events.push_back(MakeEvent(EventKind::kCodeRedeemed, code, clock.Now()));
    ASSERT_TRUE(Write([&](Work& work) { work.events.AppendAll(events); }).ok());
    std::vector<CodeId> expected;
    for (CodeId code = 1; code <= 20; ++code) expected.push_back(code);
    auto log = Log("all");
    std::ranges::sort(log, {}, [](const Delivery& one) { return one.event.id; });
    EXPECT_EQ(CodesOf(log), expected);
}

TEST_P(WebhooksContract, Hook1WhatIsUndoneIsNotDelivered) {
    AddHook("all");
    const auto refused = store->Transact([&](Work& work) -> Result<void> {
        work.events.Append(MakeEvent(EventKind::kCodeCreated, 1, 1));
        return Error{ErrorKind::kConflict, "no"};
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_THAT(Log("all"), IsEmpty());
}

TEST_P(WebhooksContract, Hook1AWebhookHearsNothingOfItselfButATest) {
    AddHook("a");
    AddHook("b", {"code.created"});
    for (const EventKind kind : {EventKind::kWebhookEdited, EventKind::kWebhookTested}) {
        Event event = MakeEvent(kind, 0, clock.Now());
        event.subject_id = "b";
        ASSERT_TRUE(Write([&](Work& work) { work.events.Append(event); }).ok());
    }
    ASSERT_THAT(Log("b"), SizeIs(1));
    EXPECT_EQ(Log("b")[0].event.kind, EventKind::kWebhookTested);
    ASSERT_THAT(Log("a"), SizeIs(1));
    EXPECT_EQ(Log("a")[0].event.kind, EventKind::kWebhookEdited);
}

TEST_P(WebhooksContract, Hook1ALaterEventOfACodeWaitsForTheEarlierOnes) {
    AddHook("all");
    for (const CodeId code : {1, 1, 2, 1, 0, 0}) Append(EventKind::kCodeEdited, code);
    auto first = Claim("all", "me");
    EXPECT_THAT(CodesOf(first), testing::UnorderedElementsAre(1, 2, 0, 0));
    EXPECT_THAT(Claim("all", "me"), IsEmpty()) << "all are under way, or behind one that is";
    std::ranges::sort(first, {}, [](const Delivery& one) { return one.event.id; });
    EXPECT_EQ(first[0].attempts, 1);

    for (std::size_t i = 1; i < first.size(); ++i) Finish(first[i], DeliveryState::kDelivered);
    Finish(first[0], DeliveryState::kPending);  // it failed, and comes again in a minute
    clock.now += kSecond;
    EXPECT_THAT(Claim("all", "me"), IsEmpty());
    clock.now += kMinute;
    auto again = Claim("all", "me", 1);
    ASSERT_THAT(CodesOf(again), ElementsAre(1));
    EXPECT_EQ(again[0].id, first[0].id);
    EXPECT_EQ(again[0].attempts, 2);

    Finish(again[0], DeliveryState::kFailed);  // given up: the next one's turn, at once
    const auto second = Claim("all", "other");
    ASSERT_THAT(second, testing::Contains(testing::Field(&Delivery::attempts, 1)));
    for (const Delivery& one : second)
        EXPECT_TRUE(one.event.code_id != 1 || one.event.id > first[0].event.id);
}

TEST_P(WebhooksContract, Hook1ALeaseThatRanOutPassesToSomebodyElse) {
    AddHook("all");
    Append(EventKind::kCodeEdited, 1);
    const auto mine = Claim("all", "me");
    ASSERT_THAT(mine, SizeIs(1));
    clock.now += kLease - 1;
    EXPECT_THAT(Claim("all", "other"), IsEmpty());
    clock.now += 1;
    const auto others = Claim("all", "other");
    ASSERT_THAT(others, SizeIs(1));
    EXPECT_EQ(others[0].attempts, 2);
    const auto leased = [&](const char* lease) {
        return Read([&](Work& w) { return w.webhooks.FindLeased(mine[0].id, lease); });
    };
    EXPECT_FALSE(leased("me"));
    EXPECT_TRUE(leased("other"));
    ASSERT_TRUE(Write([&](Work& w) { w.webhooks.HandBack(mine[0].id, "me", clock.Now()); }).ok());
    EXPECT_TRUE(leased("other")) << "it is not mine to hand back";
    ASSERT_TRUE(
        Write([&](Work& w) { w.webhooks.HandBack(mine[0].id, "other", clock.Now()); }).ok());
    EXPECT_EQ(Claim("all", "me").at(0).attempts, 2) << "an attempt that was none does not count";
}

TEST_P(WebhooksContract, Hook1ManySendersClaimEachDeliveryOnce) {
    AddHook("all");
    std::vector<Event> events;
    for (CodeId code = 1; code <= 60; ++code)
        events.push_back(MakeEvent(EventKind::kCodeEdited, code % 40, clock.Now()));
    ASSERT_TRUE(Write([&](Work& work) { work.events.AppendAll(events); }).ok());
    const auto other_store = Open();
    std::mutex mutex;
    std::multiset<std::int64_t> claimed;
    Together(6, [&](int n) {
        Store& mine = n % 2 == 0 ? *store : *other_store;
        const std::string lease = "sender-" + std::to_string(n);
        for (int round = 0; round < 20; ++round) {
            std::vector<Delivery> got;
            const auto done = mine.Transact([&](Work& work) -> Result<void> {
                got = work.webhooks.Claim("all", lease, clock.Now(), clock.Now() + kLease, 3);
                for (Delivery& one : got) {
                    one.state = DeliveryState::kDelivered;
                    one.done_at = clock.Now();
                    work.webhooks.Record(one);
                }
                return {};
            });
            EXPECT_TRUE(done.ok());
            const std::scoped_lock lock(mutex);
            for (const Delivery& one : got) claimed.insert(one.id);
        }
    });
    EXPECT_EQ(claimed.size(), 60u);
    EXPECT_EQ(std::set<std::int64_t>(claimed.begin(), claimed.end()).size(), 60u);
}

TEST_P(WebhooksContract, Hook1OnlyThoseWithSomethingDueAreDue) {
    AddHook("a");
    AddHook("b", {"code.created"});
    const auto due = [&] {
        return Read([&](Work& work) { return work.webhooks.ListDue(clock.Now()); });
    };
    EXPECT_THAT(due(), IsEmpty());
    Append(EventKind::kCodeEdited, 1);
    EXPECT_THAT(due(), ElementsAre("a"));
    Claim("a", "me");
    EXPECT_THAT(due(), IsEmpty());
    Append(EventKind::kCodeCreated, 1);
    EXPECT_THAT(due(), ElementsAre("a", "b"));
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.GiveUp("b", "because", 9); }).ok());
    EXPECT_THAT(due(), ElementsAre("a"));
    EXPECT_EQ(Log("b")[0].response, "because");
    EXPECT_EQ(Log("b")[0].state, DeliveryState::kFailed);
}

TEST_P(WebhooksContract, Hook1ReplayingSendsAgainAndAlsoWhatWasMissed) {
    Webhook hook = AddHook("a", {"code.created"});
    Append(EventKind::kCodeCreated, 1);
    clock.now += kHour;
    const Millis since = clock.Now();
    Append(EventKind::kCodeCreated, 2);
    for (const Delivery& one : Claim("a", "me")) Finish(one, DeliveryState::kDelivered);
    hook.disabled_at = clock.Now();
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.Save(hook); }).ok());
    Append(EventKind::kCodeCreated, 3);  // while it was off
    Append(EventKind::kCodeEdited, 3);   // which it does not want
    hook.disabled_at.reset();
    ASSERT_TRUE(Write([&](Work& work) { work.webhooks.Save(hook); }).ok());
    std::int64_t count = 0;
    ASSERT_TRUE(
        Write([&](Work& w) { count = w.webhooks.ReplaySince("a", since, clock.Now()); }).ok());
    EXPECT_EQ(count, 2);
    EXPECT_THAT(CodesOf(Claim("a", "me")), testing::UnorderedElementsAre(2, 3));

    const auto oldest = Log("a").back();
    EXPECT_EQ(oldest.state, DeliveryState::kDelivered);
    ASSERT_TRUE(
        Write([&](Work& w) { EXPECT_TRUE(w.webhooks.Replay("a", oldest.id, clock.Now())); }).ok());
    EXPECT_THAT(CodesOf(Claim("a", "me")), ElementsAre(1));
    ASSERT_TRUE(
        Write([&](Work& w) { EXPECT_FALSE(w.webhooks.Replay("a", oldest.id, clock.Now())); }).ok())
        << "it is being sent";
}

TEST_P(WebhooksContract, Hook1TheLogIsPagedAndFiltered) {
    AddHook("a");
    for (int i = 0; i < 5; ++i) Append(EventKind::kCodeEdited, i);
    Finish(Claim("a", "me", 1).at(0), DeliveryState::kDelivered);
    const auto page = [&](std::optional<DeliveryState> state, std::int64_t before,
                          std::size_t size) {
        return Read([&](Work& w) { return w.webhooks.ListDeliveries({"a", state, before, size}); });
    };
    const auto first = page({}, 0, 2);
    ASSERT_THAT(first, SizeIs(2));
    EXPECT_GT(first[0].id, first[1].id);
    EXPECT_THAT(page({}, first[1].id, 10), SizeIs(3));
    EXPECT_THAT(page(DeliveryState::kDelivered, 0, 10), SizeIs(1));
    EXPECT_THAT(page(DeliveryState::kPending, 0, 10), SizeIs(4));
    EXPECT_THAT(page(DeliveryState::kFailed, 0, 10), IsEmpty());
}

TEST_P(WebhooksContract, Hook1OldDeliveriesGoAndSoDoThoseOfADeletedWebhook) {
    AddHook("a");
    AddHook("b");
    for (int i = 1; i <= 4; ++i) Append(EventKind::kCodeEdited, i);
    const auto claimed = Claim("a", "me");
    Finish(claimed.at(0), DeliveryState::kDelivered);
    Finish(claimed.at(1), DeliveryState::kFailed);
    clock.now += kDay;
    Finish(claimed.at(2), DeliveryState::kDelivered);
    std::size_t deleted = 0;
    ASSERT_TRUE(Write([&](Work& w) {
                    deleted = w.webhooks.DeleteOld(clock.Now(), clock.Now() - 2 * kDay, 100);
                }).ok());
    EXPECT_EQ(deleted, 1u);
    EXPECT_THAT(Log("a"), SizeIs(3));
    ASSERT_TRUE(Write([&](Work& w) { w.webhooks.Delete("b"); }).ok());
    EXPECT_THAT(Log("b"), IsEmpty());
    EXPECT_THAT(Log("a"), SizeIs(3));
    EXPECT_FALSE(Read([&](Work& w) { return w.webhooks.Find("b"); }));
}

}  // namespace
}  // namespace ostiary
