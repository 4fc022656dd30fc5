// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "semantics/Expansion.h"

#include <cstddef>
#include <cstdint>

using namespace stagewright;

namespace {

class Table : public Variables
{
public:
    std::optional<std::string_view> find(std::string_view name) const override
    {
        if (name == "A")
            return "value";
        if (name == "B")
            return "two words*";
        if (name == "E")
            return "";
        if (name == "L")
            return m_long;
        return {};
    }

private:
    std::string m_long = std::string(5000, 'l');
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Table table;
    const std::string_view word(reinterpret_cast<const char *>(data), size);
    for (const char escape : {'\\', '`'}) {
        for (const bool keep : {false, true}) {
            WordExpander expander(escape);
            if (keep)
                expander.keepQuotes();
            const auto result = expander.expand(word, table);
            require(!result || result->size() <= 1024 * 1024, "the size limit holds");
            require(!expander.isPlain(word) || (result && *result == word), "a plain word stays");
            const auto words = expander.expandToWords(word, table);
            require(words || !words.error().empty(), "an error has words");
        }
    }
    return 0;
}
