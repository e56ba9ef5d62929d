#include <cstdlib>

#include "core/codes.h"

namespace ostiary {
namespace {

constexpr int kSoonDays = 7;

template <class AnyCode>
bool IsExhausted(const AnyCode& code) {
    return code.max_uses && code.used_count >= *code.max_uses;
}

// At least 80 % used, or one use left of several.
template <class AnyCode>
bool IsNearlyUsedUp(const AnyCode& code) {
    if (!code.max_uses) return false;
    return code.used_count * 5 >= *code.max_uses * 4 ||
           (*code.max_uses > 1 && *code.max_uses - code.used_count < 2);
}

template <class AnyCode>
CodeStatus Status(const AnyCode& code, Millis now) {
    if (code.approval == Approval::kPending) return CodeStatus::kPending;
    if (code.deactivated_at || code.approval == Approval::kRejected) return CodeStatus::kInactive;
    if (code.expires_at && now >= *code.expires_at) return CodeStatus::kExpired;
    if (IsExhausted(code)) return CodeStatus::kExhausted;
    if (code.starts_at && now < *code.starts_at) return CodeStatus::kScheduled;
    return IsNearlyUsedUp(code) ? CodeStatus::kWarning : CodeStatus::kActive;
}

}  // namespace

CodeStatus StatusAt(const CodeSummary& code, Millis now) { return Status(code, now); }
CodeStatus StatusAt(const Code& code, Millis now) { return Status(code, now); }

std::optional<Millis> NextChangeOf(const CodeSummary& code, Millis now) {
    std::optional<Millis> next;
    switch (StatusAt(code, now)) {
        case CodeStatus::kPending:
        case CodeStatus::kInactive:
        case CodeStatus::kExpired: return next;
        default: break;
    }
    for (const auto& moment : {code.starts_at, code.expires_at})
        if (moment && *moment > now && (!next || *moment < *next)) next = moment;
    return next;
}

bool IsUsable(CodeStatus status) {
    return status == CodeStatus::kActive || status == CodeStatus::kWarning;
}

std::string_view NameOf(CodeStatus status) {
    switch (status) {
        case CodeStatus::kPending: return "pending";
        case CodeStatus::kInactive: return "inactive";
        case CodeStatus::kExpired: return "expired";
        case CodeStatus::kExhausted: return "exhausted";
        case CodeStatus::kScheduled: return "scheduled";
        case CodeStatus::kWarning: return "warning";
        case CodeStatus::kActive: return "active";
    }
    std::abort();
}

std::string_view NameOf(Approval approval) {
    switch (approval) {
        case Approval::kApproved: return "approved";
        case Approval::kPending: return "pending";
        case Approval::kRejected: return "rejected";
    }
    std::abort();
}

CodeSummary Summarize(const Code& code) {
    return {code.id,         code.role,           code.task_group, code.email,
            code.name,       code.max_uses,       code.used_count, code.starts_at,
            code.expires_at, code.deactivated_at, code.approval};
}

std::optional<int> ExpiresInDays(const Code& code, Millis now) {
    if (!code.expires_at || !IsUsable(StatusAt(code, now))) return std::nullopt;
    const Millis days = (*code.expires_at - now + kDay - 1) / kDay;
    if (days > kSoonDays) return std::nullopt;
    return static_cast<int>(days);
}

}  // namespace ostiary
