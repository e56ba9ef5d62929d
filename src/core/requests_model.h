#pragma once

// Somebody who asks for an invitation, as the store keeps it (core/requests.h).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

using RequestId = std::int64_t;

enum class RequestState : std::uint8_t { kOpen, kAccepted, kDeclined };
std::string_view NameOf(RequestState);  // "open", "accepted", "declined"

struct InvitationRequest {
    RequestId id = 0;
    std::string email, name;
    std::string words;       // why they ask
    std::string task_group;  // that they ask for; empty: none in particular
    std::string language;    // in which they asked
    RequestState state = RequestState::kOpen;
    std::int64_t times_asked = 1;
    Millis asked_at = 0, last_asked_at = 0;
    std::optional<Millis> decided_at;
    std::string decided_by_id;  // empty: nobody yet, the console, or an account that is no more
    std::string decided_by;     // their username, as it was
    std::string reason;         // why it was declined
    CodeId code_id = 0;         // of an accepted one
};

struct RequestQuery {
    CodeScope scope;  // of the task group that was asked for; a team sees its own
    RequestState state = RequestState::kOpen;
    RequestId cursor = 0;  // the page lies beyond it; 0: the first page
    std::size_t page_size = 20;
};

class InvitationRequests {
public:
    virtual ~InvitationRequests() = default;

    // Nothing where one of this address (folded) is open.
    virtual std::optional<RequestId> Add(const InvitationRequest&, std::string_view email_key) = 0;
    // Somebody asked again, as long as theirs is open.
    virtual void AskAgain(std::string_view email_key, Millis now) = 0;
    virtual std::optional<InvitationRequest> Find(RequestId) = 0;
    virtual std::optional<InvitationRequest> FindForUpdate(RequestId) = 0;
    // Open ones oldest first, others newest first.
    virtual std::vector<InvitationRequest> List(const RequestQuery&) = 0;
    virtual std::int64_t CountOpen(const CodeScope&, std::size_t most) = 0;  // up to `most`
    // What deciding changes of one that is open.
    virtual void Decide(const InvitationRequest&) = 0;
    virtual std::size_t DeleteDecided(Millis decided_before, std::size_t most) = 0;
    // Those of the account's address, and those that brought it in.
    virtual void Erase(std::string_view account_id) = 0;
};

}  // namespace ostiary
