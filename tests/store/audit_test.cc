// AUD-2: events are linked in the order of their ids, each once, however many nodes write and link.

#include <gmock/gmock.h>

#include <chrono>
#include <random>
#include <thread>

#include "core/audit_chain.h"
#include "core/happenings.h"
#include "store/contract.h"

namespace ostiary {
namespace {

class AuditContract : public Contract {
protected:
    static void Append(Work& work, const std::string& name) {
        Event event = HappenedTo(EventKind::kCodeCreated, {Door::kApi, "192.0.2.1", "r"}, 5);
        event.actor_id = "account-" + name;
        event.actor_name = name;
        event.details = R"({"name": ")" + name + R"("})";
        work.events.Append(event);
    }
    Result<void> Happen(const std::string& name) {
        return Write([&](Work& work) { Append(work, name); });
    }
    void LinkAll() {
        for (int i = 0; i < 1000; ++i) {
            std::size_t linked = 0, waiting = 0;
            ASSERT_TRUE(Write([&](Work& work) { linked = work.audit.LinkUp(7); }).ok());
            store->Read([&](Work& work) {
                waiting = static_cast<std::size_t>(work.audit.CountUnlinked(1));
            });
            if (linked == 0 && waiting == 0) return;
        }
        FAIL() << "linking comes to no end";
    }
    // The chain, looked at without the code that walks it for the operator.
    void ExpectAWholeChain() {
        std::vector<SealedEntry> entries;
        store->Read([&](Work& work) { entries = work.audit.Entries(0, 100'000); });
        EXPECT_EQ(static_cast<std::int64_t>(entries.size()),
                  database.Number("SELECT count(*) FROM event"));
        std::string seal;
        std::int64_t position = 0, event = 0;
        for (const SealedEntry& entry : entries) {
            EXPECT_EQ(entry.position, ++position);
            EXPECT_GT(entry.linked_event, event);
            event = entry.linked_event;
            EXPECT_EQ(entry.event_id, entry.linked_event);
            EXPECT_EQ(entry.mac, entry.linked_mac);
            EXPECT_EQ(entry.digest, AuditDigestOf(vault, ContentOf(entry), entry.salt.value()));
            EXPECT_EQ(entry.mac, AuditMacOf(vault, ContentOf(entry), entry.stamp, entry.digest));
            seal = AuditSealOf(vault, seal, entry.position, entry.linked_event, entry.mac);
            EXPECT_EQ(entry.seal, seal);
        }
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, AuditContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(AuditContract, EventsAreLinkedInOrderABatchAtATime) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(Happen("ann").ok());
    ASSERT_TRUE(Write([](Work& work) {
                    work.events.AppendAll(std::vector<Event>(
                        5, HappenedTo(EventKind::kCodeRedeemed, {Door::kApi, "", ""}, 6)));
                }).ok());
    LinkAll();
    ExpectAWholeChain();
}

TEST_P(AuditContract, NodesThatWriteAndLinkAtOnceMakeOneChain) {
    const auto other = Open();
    std::atomic<int> writers = 4;
    Together(6, [&](int n) {
        Store& node = n % 2 ? *other : *store;
        if (n >= 4) {
            while (writers > 0) {
                const auto done = node.Transact([&](Work& work) -> Result<void> {
                    work.audit.LinkUp(20);
                    return {};
                });
                EXPECT_TRUE(done.ok());
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return;
        }
        for (int i = 0; i < 60; ++i) {
            const auto done = node.Transact([&](Work& work) -> Result<void> {
                Append(work, std::to_string(n));
                if (i % 7 == 0) return Error{ErrorKind::kConflict, "undone"};  // and leaves a hole
                return {};
            });
            EXPECT_EQ(done.ok(), i % 7 != 0);
        }
        --writers;
    });
    LinkAll();
    ExpectAWholeChain();
}

TEST_P(AuditContract, WhatIsCommittedLateFindsItsPlaceInTheChain) {
    if (GetParam() == DatabaseKind::kSqlite) GTEST_SKIP() << "SQLite has one writer at a time";
    ASSERT_TRUE(Happen("ann").ok());
    LinkAll();
    std::atomic<bool> has_number = false, may_commit = false;
    const auto other = Open();
    std::thread late([&] {
        const auto done = other->Transact([&](Work& work) -> Result<void> {
            Append(work, "late");
            has_number = true;
            while (!may_commit) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return {};
        });
        EXPECT_TRUE(done.ok());
    });
    while (!has_number) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_TRUE(Happen("early").ok());
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(Write([](Work& work) { work.audit.LinkUp(100); }).ok());
    EXPECT_EQ(database.Number("SELECT count(*) FROM audit_link"), 1) << "somebody still writes";
    may_commit = true;
    late.join();
    LinkAll();
    EXPECT_EQ(database.Number("SELECT count(*) FROM audit_link"), 3);
    ExpectAWholeChain();
}

// Whoever opens it finds what a program that was killed left over.
TEST_P(AuditContract, WhatIsNotLinkedYetIsLinkedWhenTheDatabaseIsOpened) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(Happen("ann").ok());
    // On PostgreSQL what is young waits until every older transaction of the server is over, also
    // those of the tests beside this one.
    for (int tries = 0; tries < 100; ++tries) {
        store = Open();
        std::int64_t waiting = 0;
        store->Read([&](Work& work) { waiting = work.audit.CountUnlinked(1); });
        if (waiting == 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ExpectAWholeChain();
}

TEST_P(AuditContract, APositionThatWasPutBackDoesNoHarm) {
    for (int i = 0; i < 9; ++i) ASSERT_TRUE(Happen("ann").ok());
    LinkAll();
    database.Execute("UPDATE audit_position SET linked = 0, fence = 0");
    ASSERT_TRUE(Happen("bob").ok());
    LinkAll();
    ExpectAWholeChain();
}

TEST_P(AuditContract, NoTwoContentsLookTheSame) {
    AuditContent one, two;
    one.actor_name = "ab";
    one.subject_name = "c";
    two.actor_name = "a";
    two.subject_name = "bc";
    EXPECT_NE(AuditDigestOf(vault, one, "salt"), AuditDigestOf(vault, two, "salt"));
    EXPECT_NE(AuditDigestOf(vault, one, "salt"), AuditDigestOf(vault, one, "sal"));
    one = two = {};
    one.kind = "x";
    two.actor_id = "x";
    EXPECT_NE(AuditMacOf(vault, one, "", ""), AuditMacOf(vault, two, "", ""));
    EXPECT_NE(AuditMacOf(vault, one, "", ""), AuditMacOf(Vault(KeyOf(8)), one, "", ""));
    EXPECT_NE(AuditSealOf(vault, "", 1, 23, ""), AuditSealOf(vault, "", 12, 3, ""));
}

}  // namespace
}  // namespace ostiary
