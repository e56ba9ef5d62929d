#pragma once

// How the audit log is sealed (AUD-2, docs/decisions/0017). Every event carries a mac of its own;
// in the order of their ids events are linked into a chain, each sealed over the seal before it.
// All three hashes are keyed: whoever writes to the database cannot make one that fits.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/events.h"
#include "util/random.h"
#include "util/vault.h"

namespace ostiary {

// What an event says, as it lies in the database; where there is nothing, an empty text or 0.
struct AuditContent {
    Millis at = 0;
    std::int64_t code_id = 0;
    std::string_view kind, actor_id, actor_name, subject_id, subject_name, details, door, address,
        request_id;
};
AuditContent ContentOf(const Event&);  // refers to the event

struct AuditMarks {
    std::string mac;     // over all that stays for good, and the digest
    std::string digest;  // over what goes when a person is erased
    std::string salt;    // without it the digest tells nothing about what it was made of
    std::string stamp;   // as StampFor makes it
};
AuditMarks MarksFor(const Vault&, Random&, const AuditContent&, std::string stamp);

// Each process stamps what it writes with a name of its own and a number that rises: nothing of it
// can be written once more without being noticed.
struct AuditStamp {
    std::string_view node;
    std::int64_t number = 0;
};
std::string StampFor(std::string_view node, std::int64_t number);
std::optional<AuditStamp> ReadStamp(std::string_view);  // refers to the text

std::string AuditDigestOf(const Vault&, const AuditContent&, std::string_view salt);
std::string AuditMacOf(const Vault&, const AuditContent&, std::string_view stamp,
                       std::string_view digest);
// `before` is the seal of the entry before; empty for the first.
std::string AuditSealOf(const Vault&, std::string_view before, std::int64_t position,
                        std::int64_t event_id, std::string_view mac);
// Of the number of the last event that is older than the chain.
std::string AuditOriginSealOf(const Vault&, std::int64_t origin);

// One entry of the chain and the event it is about, as they lie in the database.
struct SealedEntry {
    std::int64_t position = 0;  // 0: an event that is not linked
    std::int64_t linked_event = 0;
    std::string linked_mac, seal;

    std::optional<std::int64_t> event_id;  // nothing: the event is not there
    std::string mac, digest, stamp;
    std::optional<std::string> salt;
    Millis at = 0;
    std::int64_t code_id = 0;
    std::string kind, actor_id, actor_name, subject_id, subject_name, details, door, address,
        request_id;
};
AuditContent ContentOf(const SealedEntry&);  // refers to the entry

// The end of the chain, or one entry of it.
struct AuditHead {
    std::int64_t position = 0, event_id = 0;
    std::string seal;
    Millis at = 0;  // of the event; 0 if it is gone

    bool IsSameAs(const AuditHead& other) const {
        return position == other.position && event_id == other.event_id && seal == other.seal;
    }
};

}  // namespace ostiary
