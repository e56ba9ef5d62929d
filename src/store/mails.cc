#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>

#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

namespace json = boost::json;

struct Fact {
    const char* name;
    std::string MailFacts::*member;
};
// In the table a held mail is a queued one that is due after the last moment there is a text for.
constexpr Millis kHeldUntil = 253'402'300'800'000;

constexpr std::array kFacts = {
    Fact{"sender", &MailFacts::sender},  Fact{"words", &MailFacts::words},
    Fact{"zone", &MailFacts::time_zone}, Fact{"login", &MailFacts::login},
    Fact{"token", &MailFacts::token},    Fact{"to_name", &MailFacts::to_name},
    Fact{"about", &MailFacts::about}};

std::string Sealed(const Desk& desk, const MailFacts& facts) {
    json::object object;
    for (const Fact& fact : kFacts)
        if (const std::string& value = facts.*fact.member; !value.empty())
            object[fact.name] = value;
    return desk.vault.Seal(desk.random, json::serialize(object));
}

MailFacts Unsealed(const Desk& desk, std::string_view box) {
    const auto text = desk.vault.Open(box);
    if (!text) throw StoreFailure("a mail was sealed with another key");
    const json::value value = json::parse(*text);
    MailFacts facts;
    for (const Fact& fact : kFacts)
        if (const json::value* found = value.as_object().if_contains(fact.name))
            facts.*fact.member = found->as_string();
    return facts;
}

MailKind KindNamed(std::string_view name) {
    const auto found = std::ranges::find(kMailKinds, name);
    if (found == kMailKinds.end()) throw StoreFailure("a mail of an unknown kind");
    return static_cast<MailKind>(found - kMailKinds.begin());
}

Mail ReadMail(const Desk& desk, const Row& row) {
    Columns columns(row);
    Mail mail;
    mail.id = columns.Int();
    mail.kind = KindNamed(columns.Text());
    mail.recipient = columns.String();
    mail.language = columns.String();
    mail.facts = Unsealed(desk, columns.Text());
    mail.code_id = columns.Int();
    mail.account_id = columns.String();
    mail.created_by_id = columns.String();
    mail.created_by = columns.String();
    mail.state = static_cast<MailState>(columns.Int());
    mail.attempts = static_cast<int>(columns.Int());
    mail.created_at = columns.Int();
    mail.due_at = columns.Int();
    if (mail.state == MailState::kQueued && mail.due_at == kHeldUntil)
        mail.state = MailState::kHeld;
    mail.attempted_at = columns.MaybeInt();
    mail.done_at = columns.MaybeInt();
    mail.reason = columns.String();
    return mail;
}

class SqlMails final : public Mails {
public:
    explicit SqlMails(Desk& desk) : desk_(desk) {}

    std::int64_t Add(const Mail& mail) override {
        const std::string sealed = Sealed(desk_, mail.facts);
        std::int64_t id = 0;
        desk_.Run(sql::kAddMail,
                  {NameOf(mail.kind), mail.recipient, mail.language, sealed, OrNull(mail.code_id),
                   OrNull(mail.account_id), OrNull(mail.created_by_id), mail.created_by,
                   mail.created_at, mail.state == MailState::kHeld ? kHeldUntil : mail.created_at},
                  [&](const Row& row) { id = row.Int(0); });
        return id;
    }

    std::vector<Mail> ListOfCode(CodeId code, std::size_t most) override {
        return List(sql::kListMailsOfCode, {code, most});
    }
    std::vector<Mail> ListLatestOf(std::span<const CodeId> codes) override {
        return List(sql::kListLatestMails, {std::vector<std::int64_t>(codes.begin(), codes.end())});
    }
    std::int64_t CountBy(std::string_view account_id, Millis since) override {
        return Count(sql::kCountMailsBy, {account_id, since});
    }
    std::int64_t CountTo(std::string_view account_id, MailKind kind, Millis since) override {
        return Count(sql::kCountMailsTo, {account_id, NameOf(kind), since});
    }

    bool IsAnyDue(Millis now) override {
        bool due = false;
        desk_.Run(sql::kAnyMailDue, {now}, [&](const Row&) { due = true; });
        return due;
    }
    std::int64_t CountDue(Millis now, std::size_t most) override {
        return Count(sql::kCountDueMails, {now, most});
    }
    std::vector<Mail> ListLost(Millis now, std::size_t most) override {
        return List(sql::kListLostMails, {now, most});
    }

    std::optional<Mail> Claim(std::string_view lease, Millis now, Millis until) override {
        std::int64_t id = 0;
        desk_.Run(sql::kClaimMail, {lease, until, now}, [&](const Row& row) { id = row.Int(0); });
        return id == 0 ? std::nullopt : FindOne(sql::kFindMail, {id});
    }

    std::optional<Mail> FindLeased(std::int64_t id, std::string_view lease) override {
        return FindOne(sql::kFindLeasedMail, {id, lease});
    }

    void Record(const Mail& mail, std::string_view lease) override {
        const std::string sealed = Sealed(desk_, mail.facts);
        desk_.Run(sql::kRecordMail,
                  {mail.id, mail.recipient, sealed, OrNull(mail.account_id),
                   static_cast<std::int64_t>(mail.state), mail.attempts, mail.due_at, mail.done_at,
                   OrNull(mail.reason), OrNull(lease)});
    }

    void Delete(std::int64_t id) override { desk_.Run(sql::kDeleteMail, {id}); }

    std::size_t DeleteOld(Millis made_before, std::size_t most) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteOldMails, {made_before, most}));
    }

private:
    std::vector<Mail> List(const Statement& statement, std::initializer_list<Value> key) {
        std::vector<Mail> mails;
        desk_.Run(statement, key, [&](const Row& row) { mails.push_back(ReadMail(desk_, row)); });
        return mails;
    }
    std::optional<Mail> FindOne(const Statement& statement, std::initializer_list<Value> key) {
        auto found = List(statement, key);
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    }
    std::int64_t Count(const Statement& statement, std::initializer_list<Value> key) {
        std::int64_t count = 0;
        desk_.Run(statement, key, [&](const Row& row) { count = row.Int(0); });
        return count;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Mails> MailsAt(Desk& desk) { return std::make_unique<SqlMails>(desk); }

}  // namespace ostiary
