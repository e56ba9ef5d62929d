#include "core/pulls_diff.h"

#include <algorithm>

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kComparedTogether = 250, kReadTogether = 1'000;
constexpr std::size_t kMostErrorsOfRow = 5, kMostErrorsKept = 5'000;

PullBody BodyOf(const PullRow& row) {
    PullBody body;
    body.key = row.key;
    body.has_id = row.has_id;
    body.words = row.words;
    body.name = WordOf(row.words, pull::kName);
    body.email = WordOf(row.words, pull::kEmail);
    return body;
}

// Who it is, where the row does not say so.
void Name(const ScimPerson& person, PullBody& body) {
    body.name = ScimDisplayNameOf(person);
    body.email = ScimEmailOf(person);
}

}  // namespace

std::optional<ScimPerson> FindPulled(Work& work, std::string_view scim_id) {
    auto people = work.scim.Find({ScimLookup::By::kId, std::string(scim_id)});
    return people.empty() ? std::nullopt : std::optional(std::move(people.front()));
}

// An account goes before an invitation.
std::optional<ScimPerson> FindByAddress(Work& work, std::string_view email) {
    auto people = work.scim.Find({ScimLookup::By::kEmail, std::string(email)});
    const auto joined =
        std::ranges::find_if(people, [](const ScimPerson& one) { return one.account.has_value(); });
    if (joined != people.end()) return std::move(*joined);
    return people.empty() ? std::nullopt : std::optional(std::move(people.front()));
}

PullComparison::PullComparison(World& world, std::vector<PullRow> rows)
    : world_(world), now_(world.clock.Now()), rows_(std::move(rows)) {
    for (const PullRow& row : rows_) {
        if (!row.hash.empty()) in_file_.insert(row.hash);
        if (row.key.empty()) ++unnamed_;
    }
}

void PullComparison::LoadMembers() {
    std::vector<PullPerson> people(1);
    do {
        const std::string last = people.back().hash;
        world_.store.Read([&](Work& work) { people = work.pulls.ListPeople(last, kReadTogether); });
        for (PullPerson& one : people) {
            hash_of_.emplace(one.scim_id, one.hash);
            members_.emplace(one.hash, Member{one.scim_id, UnpackWords(one.said)});
        }
    } while (people.size() == kReadTogether);
}

std::optional<PullDiff> PullComparison::Compare(const std::function<bool()>& breathe) {
    LoadMembers();
    for (std::size_t from = 0; from < rows_.size(); from += kComparedTogether) {
        if (!breathe()) return {};
        world_.store.Read([&](Work& work) {
            const std::size_t end = std::min(rows_.size(), from + kComparedTogether);
            for (std::size_t at = from; at < end; ++at) CompareRow(work, rows_[at]);
        });
    }
    std::vector<const std::pair<const std::string, Member>*> members;
    for (const auto& one : members_) members.push_back(&one);
    std::ranges::sort(members, {}, [](const auto* one) { return one->first; });
    for (std::size_t from = 0; from < members.size(); from += kComparedTogether) {
        if (!breathe()) return {};
        world_.store.Read([&](Work& work) {
            const std::size_t end = std::min(members.size(), from + kComparedTogether);
            for (std::size_t at = from; at < end; ++at)
                CompareAbsent(work, members[at]->first, members[at]->second);
        });
    }
    return Finish();
}

void PullComparison::CompareRow(Work& work, PullRow& row) {
    if (!row.errors.empty()) return;
    const auto member = members_.find(row.hash);
    if (member != members_.end()) return CompareKnown(work, row, member->second);
    CompareNew(work, row);
}

void PullComparison::CompareKnown(Work& work, PullRow& row, const Member& member) {
    const auto person = FindPulled(work, member.scim_id);
    const bool is_active = WordOf(row.words, pull::kActive) == pull::kYes;
    if (!person) {  // whoever was let go here stays so, until the source has let them go as well
        if (is_active && WordOf(member.said, pull::kActive) == pull::kNo) CompareNew(work, row);
        return;
    }
    const PullWords is = WordsOf(*person, now_);
    CheckReach(row, WordOf(is, pull::kRole));
    if (!row.errors.empty()) return;
    PullBody body = BodyOf(row);
    body.differences = DifferencesOf(row.words, member.said, is);
    if (body.differences.empty()) return;
    Name(*person, body);
    const PullKind kind = KindOf(body.differences);
    Add(kind, person->row.id, std::move(body));
}

void PullComparison::CompareNew(Work& work, PullRow& row) {
    if (WordOf(row.words, pull::kActive) == pull::kNo) return;
    const std::string_view email = WordOf(row.words, pull::kEmail);
    if (email.empty()) {
        row.errors.push_back(
            {"email", "email.missing", "To be invited, a person needs an address"});
        return;
    }
    const auto person = FindByAddress(work, email);
    CheckReach(row, person ? ScimRoleOf(*person) : "");
    if (!row.errors.empty()) return;
    PullBody body = BodyOf(row);
    if (!person) return Add(PullKind::kInvite, "", std::move(body));
    if (const auto other = hash_of_.find(person->row.id); other != hash_of_.end()) {
        if (other->second != row.hash && in_file_.contains(other->second)) {
            row.errors.push_back(
                {"email", "email.taken", "Another person of this file has this address here"});
            return;
        }
        if (other->second != row.hash)
            body.replaces = other->second;  // it calls them otherwise now
        replaced_.insert(other->second);
    }
    Name(*person, body);
    Add(PullKind::kLink, person->row.id, std::move(body));
}

// A row that is wrong is still a row; and where nobody can tell whose it is, it may be anybody's.
void PullComparison::CompareAbsent(Work& work, const std::string& hash, const Member& member) {
    const bool has_left = WordOf(member.said, pull::kActive) == pull::kNo;
    const auto person = FindPulled(work, member.scim_id);
    const bool is_here = !has_left && person && person->IsActiveAt(now_);
    if (is_here) ++known_;
    if (!is_here || unnamed_ > 0 || in_file_.contains(hash) || replaced_.contains(hash)) return;
    PullBody body;
    Name(*person, body);
    body.key = hash;
    body.differences = {
        {std::string(pull::kActive), std::string(pull::kYes), std::string(pull::kNo)}};
    Add(PullKind::kLeave, person->row.id, std::move(body));
}

void PullComparison::CheckReach(PullRow& row, std::string_view role_now) {
    const auto* role = world_.config.catalogue.FindRole(WordOf(row.words, pull::kRole));
    if (!role || role->reach != Reach::kEverything || role->name == role_now ||
        world_.config.scim_superusers)
        return;
    row.errors.push_back({"role", "scim.superuser", "A directory may not make superusers here"});
}

void PullComparison::Add(PullKind kind, const std::string& scim_id, PullBody body) {
    PullChange& change = changes_.emplace_back();
    change.kind = kind;
    change.scim_id = scim_id;
    change.body = PackBody(body);
}

PullDiff PullComparison::Finish() {
    PullDiff diff;
    Pull& counts = diff.counts;
    counts.rows = static_cast<std::int64_t>(rows_.size());
    counts.unnamed = unnamed_;
    counts.known = known_;
    for (const PullRow& row : rows_) {
        if (!row.errors.empty()) ++counts.wrong;
        std::int64_t place = 0;
        for (const FieldError& wrong :
             std::span(row.errors).first(std::min(row.errors.size(), kMostErrorsOfRow)))
            if (diff.errors.size() < kMostErrorsKept)
                diff.errors.push_back(
                    {row.number, ++place, wrong.field, wrong.reason, wrong.message});
    }
    // Leavers by name; the others as they stand in the file.
    std::ranges::stable_sort(changes_, {}, [](const PullChange& one) {
        return std::pair(one.kind, one.kind == PullKind::kLeave ? Fold(UnpackBody(one.body).name)
                                                                : std::string());
    });
    std::int64_t place = 0;
    for (PullChange& one : changes_) {
        one.place = ++place;
        switch (one.kind) {
            case PullKind::kLeave: ++counts.leavers; break;
            case PullKind::kChange: ++counts.changes; break;
            case PullKind::kLink: ++counts.links; break;
            case PullKind::kInvite: ++counts.invites; break;
            case PullKind::kCount: break;
        }
    }
    diff.changes = std::move(changes_);
    return diff;
}

}  // namespace ostiary
