#include "core/audit_chain.h"

#include <utility>

#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kUsualBytes = 512;

// Values one behind the other, each text with its length before it: no two lists of values look
// the same.
class Packed {
public:
    Packed() { bytes_.reserve(kUsualBytes); }

    Packed& Add(std::int64_t number) {
        auto rest = static_cast<std::uint64_t>(number);
        for (std::size_t i = 0; i < sizeof rest; ++i, rest >>= 8)
            bytes_ += static_cast<char>(rest & 0xFF);
        return *this;
    }
    Packed& Add(std::string_view text) {
        Add(static_cast<std::int64_t>(text.size()));
        bytes_ += text;
        return *this;
    }
    std::string_view bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// Kinds of seals are told apart by their first number.
enum SealOf : std::int64_t { kLinkSeal = 1, kOriginSeal = 2 };

}  // namespace

AuditContent ContentOf(const Event& event) {
    return {event.at,
            event.code_id,
            NameOf(event.kind),
            event.actor_id,
            event.actor_name,
            event.subject_id,
            event.subject_name,
            event.details,
            NameOf(event.origin.door),
            event.origin.address,
            event.origin.request_id};
}

AuditContent ContentOf(const SealedEntry& entry) {
    return {entry.at,         entry.code_id,    entry.kind,         entry.actor_id,
            entry.actor_name, entry.subject_id, entry.subject_name, entry.details,
            entry.door,       entry.address,    entry.request_id};
}

std::string AuditDigestOf(const Vault& vault, const AuditContent& content, std::string_view salt) {
    return vault.Hash(Purpose::kAuditPerson, Packed()
                                                 .Add(salt)
                                                 .Add(content.actor_name)
                                                 .Add(content.subject_name)
                                                 .Add(content.details)
                                                 .Add(content.address)
                                                 .bytes());
}

std::string AuditMacOf(const Vault& vault, const AuditContent& content, std::string_view stamp,
                       std::string_view digest) {
    return vault.Hash(Purpose::kAuditEntry, Packed()
                                                .Add(content.at)
                                                .Add(content.kind)
                                                .Add(content.code_id)
                                                .Add(content.actor_id)
                                                .Add(content.subject_id)
                                                .Add(content.door)
                                                .Add(content.request_id)
                                                .Add(stamp)
                                                .Add(digest)
                                                .bytes());
}

AuditMarks MarksFor(const Vault& vault, Random& random, const AuditContent& content,
                    std::string stamp) {
    AuditMarks marks;
    marks.stamp = std::move(stamp);
    marks.salt = RandomToken(random, kSaltBytes);
    marks.digest = AuditDigestOf(vault, content, marks.salt);
    marks.mac = AuditMacOf(vault, content, marks.stamp, marks.digest);
    return marks;
}

std::string StampFor(std::string_view node, std::int64_t number) {
    return std::string(node) + "." + std::to_string(number);
}

std::optional<AuditStamp> ReadStamp(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == text.npos || dot == 0) return std::nullopt;
    const auto number = ParseInt(text.substr(dot + 1));
    if (!number) return std::nullopt;
    return AuditStamp{text.substr(0, dot), *number};
}

std::string AuditSealOf(const Vault& vault, std::string_view before, std::int64_t position,
                        std::int64_t event_id, std::string_view mac) {
    return vault.Hash(Purpose::kAuditSeal, Packed()
                                               .Add(std::int64_t{kLinkSeal})
                                               .Add(before)
                                               .Add(position)
                                               .Add(event_id)
                                               .Add(mac)
                                               .bytes());
}

std::string AuditOriginSealOf(const Vault& vault, std::int64_t origin) {
    return vault.Hash(Purpose::kAuditSeal,
                      Packed().Add(std::int64_t{kOriginSeal}).Add(origin).bytes());
}

}  // namespace ostiary
