#include "store/codes_rows.h"

#include "store/packed.h"
#include "util/text.h"

namespace ostiary {
namespace {

void ReadOpenColumns(Columns& row, Code& code) {
    code.label = row.String();
    code.email = row.String();
    code.name = row.String();
    code.role = row.String();
    code.task_group = row.String();
    code.max_uses = row.MaybeInt();
    code.used_count = row.Int();
    code.starts_at = row.MaybeInt();
    code.expires_at = row.MaybeInt();
    code.deactivated_at = row.MaybeInt();
    code.approval = static_cast<Approval>(row.Int());
    code.approved_by = row.String();
    code.approval_reason = row.String();
    code.email_domains = UnpackLines(row.Text());
    if (const auto days = row.MaybeInt()) code.account_days = static_cast<int>(*days);
    code.notes = row.String();
    code.welcome = row.String();
    code.tags = UnpackLines(row.Text());
    code.template_name = row.String();
    code.batch = row.String();
    code.created_by_id = row.String();
    code.created_by = row.String();
    code.created_at = row.Int();
    code.updated_at = row.Int();
    code.last_used_at = row.MaybeInt();
    code.deleted_at = row.MaybeInt();
    code.version = row.Int();
    code.aircraft_roles = UnpackGrants(row.Text());
}

}  // namespace

std::string SealSecrets(Desk& desk, const Code& code) {
    std::string text = code.code + "\n" + code.token;
    if (code.shown != code.code) text += "\n" + code.shown;
    return desk.vault.Seal(desk.random, text);
}

CodeSecrets OpenSecrets(const Desk& desk, std::string_view sealed) {
    const auto text = desk.vault.Open(sealed);
    if (!text) throw StoreFailure("a code in the database was not sealed with this key");
    CodeSecrets secrets;
    const auto first = text->find('\n'), second = text->find('\n', first + 1);
    if (first == text->npos) throw StoreFailure("a sealed code in the database is not one of ours");
    secrets.code = text->substr(0, first);
    secrets.token = text->substr(first + 1, second == text->npos ? text->npos : second - first - 1);
    secrets.shown = second == text->npos ? secrets.code : text->substr(second + 1);
    return secrets;
}

Code ReadCode(const Desk& desk, Columns& row) {
    Code code;
    code.id = row.Int();
    CodeSecrets secrets = OpenSecrets(desk, row.Text());
    code.code = std::move(secrets.code);
    code.shown = std::move(secrets.shown);
    code.token = std::move(secrets.token);
    ReadOpenColumns(row, code);
    return code;
}

Code ReadHeldCode(Columns& row, std::string& hash) {
    Code code;
    code.id = row.Int();
    hash = row.String();
    code.label = row.String();
    code.email = row.String();
    code.role = row.String();
    code.task_group = row.String();
    code.max_uses = row.MaybeInt();
    code.used_count = row.Int();
    code.starts_at = row.MaybeInt();
    code.expires_at = row.MaybeInt();
    code.deactivated_at = row.MaybeInt();
    code.approval = static_cast<Approval>(row.Int());
    code.approved_by = row.String();
    code.email_domains = UnpackLines(row.Text());
    if (const auto days = row.MaybeInt()) code.account_days = static_cast<int>(*days);
    code.created_by_id = row.String();
    code.created_by = row.String();
    code.version = row.Int();
    code.aircraft_roles = UnpackGrants(row.Text());
    return code;
}

std::string TemplateMark(std::string_view name) {
    return std::string(kTemplateMark) + std::string(name);
}
std::string BatchMark(std::string_view batch) { return ",batch " + std::string(batch); }

std::vector<std::string> MarksOf(const Code& code) {
    std::vector<std::string> marks = code.tags;
    if (!code.template_name.empty()) marks.push_back(TemplateMark(code.template_name));
    if (!code.batch.empty()) marks.push_back(BatchMark(code.batch));
    return marks;
}

std::string SearchKeyOf(const Code& code) {
    return Fold(code.label + "\n" + code.created_by + "\n" + code.email + "\n" + code.name + "\n" +
                code.notes);
}

}  // namespace ostiary
