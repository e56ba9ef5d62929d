#pragma once

// A code's columns as statements take them.

#include <initializer_list>
#include <string>
#include <vector>

#include "core/model.h"
#include "store/codes_rows.h"
#include "store/connection.h"
#include "store/packed.h"

namespace ostiary {

// What a person can edit, in the order in which AddCode and SaveCode take it. Borrows the code.
class Editable {
public:
    explicit Editable(const Code& code)
        : code_(code),
          domains_(PackLines(code.email_domains)),
          tags_(PackLines(code.tags)),
          search_key_(SearchKeyOf(code)) {}
    Editable(const Editable&) = delete;

    std::vector<Value> Between(std::initializer_list<Value> before,
                               std::initializer_list<Value> after) const {
        std::vector<Value> all = before;
        all.insert(all.end(),
                   {code_.label, OrNull(code_.email), OrNull(code_.name), code_.role,
                    code_.task_group, code_.max_uses, code_.starts_at, code_.expires_at,
                    code_.deactivated_at, static_cast<int>(code_.approval),
                    OrNull(code_.approved_by), OrNull(code_.approval_reason), OrNull(domains_),
                    code_.account_days, OrNull(code_.notes), OrNull(code_.welcome), OrNull(tags_),
                    OrNull(code_.template_name), search_key_});
        all.insert(all.end(), after);
        return all;
    }

private:
    const Code& code_;
    const std::string domains_, tags_, search_key_;
};

}  // namespace ostiary
