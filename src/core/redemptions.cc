#include "core/redemptions.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "core/codes.h"
#include "core/happenings.h"
#include "core/registration.h"
#include "util/text.h"

namespace ostiary {
namespace {

Redemption MakeRedemption(const Code& code, const SubjectClaim& claim, Millis now) {
    Redemption redemption;
    redemption.code_id = code.id;
    redemption.application = claim.application;
    redemption.subject = claim.subject;
    redemption.email = claim.email;
    redemption.role = code.role;
    redemption.task_group = code.task_group;
    redemption.aircraft_roles = code.aircraft_roles;
    redemption.redeemed_at = now;
    return redemption;
}

Event MakeEvent(const Code& code, const SubjectClaim& claim, Millis now) {
    Event event = About(
        HappenedTo(EventKind::kCodeRedeemed, {Door::kApi, claim.address, claim.request_id}, now),
        code);
    event.actor_id = claim.application;
    event.actor_name = claim.actor_name;
    event.subject_id = claim.subject;
    return event;
}

// The claims of one group, on their way to one answer each.
class Group {
public:
    Group(Work& work, std::span<const SubjectClaim> claims, const Catalogue& catalogue, Millis now)
        : work_(work),
          claims_(claims),
          catalogue_(catalogue),
          now_(now),
          answers_(claims.size(), InvalidInviteCode()) {}

    std::vector<Result<Redemption>> Decide() {
        HoldCodes();
        AnswerRepeats();
        for (auto& [code, waiting] : waiting_) TakeUsesFor(*code, waiting);
        Store();
        CopyTwins();
        return std::move(answers_);
    }

private:
    void HoldCodes() {
        std::set<std::string> asked;
        for (const SubjectClaim& claim : claims_) asked.insert(claim.code);
        const std::vector<std::string> list(asked.begin(), asked.end());
        for (Code& code : work_.codes.HoldByCodes(list)) {
            std::string key = code.code;
            codes_.emplace(std::move(key), std::move(code));
        }
    }

    // A subject that has redeemed this code gets the first answer again, even if the code has ended
    // since (REG-7); one that asks twice within the group is decided once.
    void AnswerRepeats() {
        std::map<SubjectKey, std::size_t> first;
        std::vector<SubjectKey> keys;
        std::vector<std::pair<std::size_t, const Code*>> asking;
        for (std::size_t i = 0; i < claims_.size(); ++i) {
            const SubjectClaim& claim = claims_[i];
            const auto found = codes_.find(claim.code);
            if (found == codes_.end()) {
                if (claim.may_know) answers_[i] = Refusal("code.unknown");
                continue;
            }
            const SubjectKey key{found->second.id, claim.application, claim.subject};
            const auto [twin, fresh] = first.emplace(key, i);
            if (!fresh) {
                twins_.emplace_back(i, twin->second);
                continue;
            }
            keys.push_back(key);
            asking.emplace_back(i, &found->second);
        }
        auto earlier = work_.redemptions.FindSubjects(keys);
        for (std::size_t k = 0; k < asking.size(); ++k) {
            const auto [i, code] = asking[k];
            if (earlier[k]) {
                earlier[k]->is_repeated = true;
                answers_[i] = *std::move(earlier[k]);
            } else if (const std::string why = WhyNot(*code, claims_[i]); !why.empty()) {
                const CodeStatus status = StatusAt(*code, now_);
                Refuse(i, *code, IsUsable(status) ? why : ReasonOf(status));
            } else {
                waiting_[code].push_back(i);
            }
        }
    }

    // Why this subject cannot have it, whatever the code's own state; empty if they can.
    static std::string WhyNot(const Code& code, const SubjectClaim& claim) {
        if (!code.email.empty() && Fold(code.email) != Fold(claim.email)) return "email.bound";
        if (code.email_domains.empty()) return {};
        const std::string domain = Fold(EmailDomain(claim.email));
        return std::ranges::find(code.email_domains, domain) == code.email_domains.end()
                   ? "email.domain"
                   : "";
    }

    static std::string ReasonOf(CodeStatus status) { return "code." + std::string(NameOf(status)); }

    static Error Refusal(std::string reason) {
        Error refusal = InvalidInviteCode();
        refusal.reason = std::move(reason);
        return refusal;
    }

    // One answer for all, but for whoever may look at the code anyway (API-3).
    void Refuse(std::size_t claim, const Code& code, const std::string& why) {
        const auto& known = claims_[claim].may_know;
        if (known) answers_[claim] = Refusal(IsWithin(*known, code) ? why : "code.unknown");
    }
    void RefuseAll(std::span<const std::size_t> claims, const Code& code, const std::string& why) {
        for (const std::size_t claim : claims) Refuse(claim, code, why);
    }

    void TakeUsesFor(const Code& code, const std::vector<std::size_t>& waiting) {
        const CodeStatus status = StatusAt(code, now_);
        if (!IsUsable(status)) return RefuseAll(waiting, code, ReasonOf(status));
        if (!SomebodyVouches(work_, catalogue_, code, now_, vouchers_)) {
            RefuseAll(waiting, code, "code.pending");
            return Hold(code);
        }
        const auto given =
            work_.codes.TakeUses(code.id, static_cast<std::int64_t>(waiting.size()), now_);
        for (std::size_t i = 0; i < static_cast<std::size_t>(given); ++i) {
            const SubjectClaim& claim = claims_[waiting[i]];
            redemptions_.push_back(MakeRedemption(code, claim, now_));
            events_.push_back(MakeEvent(code, claim, now_));
            takers_.push_back(waiting[i]);
        }
        RefuseAll(std::span(waiting).subspan(static_cast<std::size_t>(given)), code,
                  "code.exhausted");
    }

    void Hold(const Code& code) {
        work_.codes.MarkPending(code.id, now_);
        events_.push_back(
            About(HappenedTo(EventKind::kCodeHeld, {Door::kProgram, {}, {}}, now_), code));
    }

    void Store() {
        const auto ids = work_.redemptions.AddAll(redemptions_);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            // Its code's row has been ours since before we looked for an earlier one.
            if (!ids[i]) throw std::logic_error("a subject redeemed twice while its code was held");
            redemptions_[i].id = *ids[i];
            answers_[takers_[i]] = std::move(redemptions_[i]);
        }
        work_.events.AppendAll(events_);
    }

    void CopyTwins() {
        for (const auto& [twin, first] : twins_) {
            answers_[twin] = answers_[first];
            if (answers_[twin].ok()) answers_[twin]->is_repeated = true;
        }
    }

    Work& work_;
    const std::span<const SubjectClaim> claims_;
    const Catalogue& catalogue_;
    const Millis now_;
    std::vector<Result<Redemption>> answers_;
    std::map<std::string, Code, std::less<>> codes_;
    std::map<const Code*, std::vector<std::size_t>> waiting_;
    std::vector<std::pair<std::size_t, std::size_t>> twins_;
    KnownAuthorities vouchers_;
    std::vector<Redemption> redemptions_;
    std::vector<Event> events_;
    std::vector<std::size_t> takers_;
};

}  // namespace

bool SomebodyVouches(Work& work, const Catalogue& catalogue, const Code& code, Millis now,
                     KnownAuthorities& known) {
    const bool approved = !code.approved_by.empty();
    if (approved && Actor::IsConsole(code.approved_by)) return true;
    if (!approved && code.created_by_id.empty()) return false;
    auto [entry, fresh] = known.try_emplace(approved ? code.approved_by : code.created_by_id);
    if (fresh) {
        const auto person = approved ? work.accounts.FindByUsername(Fold(code.approved_by))
                                     : work.accounts.Find(code.created_by_id);
        if (person && person->IsActiveAt(now))
            entry->second =
                AuthorityOf(catalogue, *person, work.accounts.AircraftRoles(person->id));
    }
    return entry->second &&
           entry->second->Covers(catalogue, code.role, code.task_group, code.aircraft_roles);
}

std::vector<Result<Redemption>> RedeemTogether(Work& work, std::span<const SubjectClaim> claims,
                                               const Catalogue& catalogue, Millis now) {
    return Group(work, claims, catalogue, now).Decide();
}

}  // namespace ostiary
