// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/Products.h"

#include "edit/EditSupport.h"
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ImagePrograms.h"
#include "lint/fixes/Packages.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace stagewright::fixes {

namespace {

using lint::SimpleCommand;

bool isNumberOwner(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0 || c == ':'; });
}

/// A user or group name as numbers, for the accounts that images without a shell have.
std::optional<std::string> numericOwner(std::string_view owner, const StageState &state)
{
    if (isNumberOwner(owner))
        return std::string(owner);
    const auto number = [&](std::string_view name) -> std::optional<std::string> {
        if (isNumberOwner(name))
            return std::string(name);
        if (name == "root")
            return "0";
        if (state.facts && state.facts->uid && name == state.facts->user)
            return std::to_string(*state.facts->uid);
        // The account that distroless images of several makers have under this name.
        if (name == "nonroot" && state.facts)
            return "65532";
        return std::nullopt;
    };
    const std::size_t colon = owner.find(':');
    const auto user = number(owner.substr(0, colon));
    if (!user || colon == std::string_view::npos)
        return user;
    const auto group = number(owner.substr(colon + 1));
    return group ? std::optional(*user + ':' + *group) : std::nullopt;
}

/// Reads the commands of one RUN, one after the other.
class ProductReader
{
public:
    ProductReader(const StageState &state, std::string workdir)
        : m_state(state)
        , m_workdir(std::move(workdir))
    {
    }

    /// False: not understood.
    bool read(const SimpleCommand &command)
    {
        const std::string name = rules::fileNameOf(command.words.front());
        if (!command.outputFile.empty()) {
            if (name != "echo" && name != "printf")
                return false;
            m_products.onlyFolders = false;
            makeParent(command.outputFile);
            m_kept.push_back(command);
            return add(command.outputFile);
        }
        if (name == "mkdir")
            return makeFolders(command);
        if (name == "touch")
            return makeFiles(command);
        if (name == "chown")
            return changeOwner(command);
        if (name == "curl" || name == "wget")
            return download(command, name == "curl" ? "-o" : "-O", name == "curl" ? "--output" : "--output-document");
        if (name == "adduser" || name == "useradd" || name == "addgroup" || name == "groupadd")
            return addAccount(command);
        return false;
    }

    Products finish()
    {
        m_products.certain = true;
        for (const SimpleCommand &command : m_kept) {
            m_products.command += m_products.command.empty() ? "" : " && ";
            m_products.command += written(command);
        }
        if (!m_changed)
            m_products.command.clear();
        return std::move(m_products);
    }

private:
    bool add(std::string_view path)
    {
        if (path.empty() || (!path.starts_with('/') && m_workdir.empty()))
            return false;
        if (!path.starts_with('/'))
            m_changed = true;
        std::string absolute = lint::joinPath(m_workdir, path);
        if (absolute == "/" || absolute.find_first_of(" \t\"'\\") != std::string::npos)
            return false;
        if (std::ranges::find(m_products.paths, absolute) == m_products.paths.end())
            m_products.paths.push_back(std::move(absolute));
        return true;
    }

    /// The stage that the command moves to may lack the file's folder.
    void makeParent(std::string_view file)
    {
        static constexpr std::array<std::string_view, 9> everywhere{"",     "/etc", "/home", "/opt", "/srv",
                                                                    "/tmp", "/usr", "/var",  "/root"};
        const std::string path = lint::joinPath(m_workdir, file);
        const std::string folder = path.substr(0, path.rfind('/'));
        if (std::ranges::find(everywhere, folder) != everywhere.end())
            return;
        const bool made = std::ranges::any_of(m_kept, [&](const SimpleCommand &c) {
            return c.words.front() == "mkdir" && std::ranges::any_of(c.words, [&](const std::string &word) {
                       return word.starts_with('/') && lint::isAtOrAbove(folder, word);
                   });
        });
        if (made)
            return;
        m_kept.push_back({.words = {"mkdir", "-p", folder}});
        m_changed = true;
    }

    bool makeFolders(const SimpleCommand &command)
    {
        bool parents = false;
        bool options = true;
        SimpleCommand now{.words = {"mkdir", "-p"}};
        for (std::size_t i = 1; i < command.words.size(); ++i) {
            const std::string &word = command.words[i];
            if (options && word == "--") {
                options = false;
            } else if (options && (word == "-m" || word == "--mode")) {
                if (++i >= command.words.size())
                    return false;
                m_products.chmod = command.words[i];
            } else if (options && word.starts_with("--mode=")) {
                m_products.chmod = word.substr(7);
            } else if (options && word.starts_with("-m")) {
                m_products.chmod = word.substr(2);
            } else if (options
                       && (word == "-p" || word == "-v" || word == "-pv" || word == "-vp" || word == "--parents")) {
                parents = parents || word != "-v";
            } else if (options && word.starts_with('-')) {
                return false;
            } else {
                if (!add(word))
                    return false;
                now.words.push_back(lint::joinPath(m_workdir, word));
            }
        }
        if (!m_products.chmod.empty()
            && (m_products.chmod.size() > 4
                || !std::ranges::all_of(m_products.chmod, [](char c) { return c >= '0' && c <= '7'; })))
            return false;
        // The stage that it moves to may have the folder already.
        m_changed = m_changed || !parents;
        m_kept.push_back(std::move(now));
        return true;
    }

    bool makeFiles(const SimpleCommand &command)
    {
        SimpleCommand now{.words = {"touch"}};
        for (const std::string &word : std::span(command.words).subspan(1)) {
            if (word.starts_with('-') || !add(word))
                return false;
            makeParent(word);
            now.words.push_back(lint::joinPath(m_workdir, word));
        }
        m_products.onlyFolders = false;
        m_kept.push_back(std::move(now));
        return true;
    }

    /// The owner moves to COPY --chown: names of the final image do not exist in a builder, and the topmost folder
    /// of a COPY does not keep its owner anyway.
    bool changeOwner(const SimpleCommand &command)
    {
        std::vector<std::string> operands;
        for (const std::string &word : std::span(command.words).subspan(1)) {
            if (!word.starts_with('-'))
                operands.push_back(word);
        }
        if (operands.size() < 2)
            return false;
        const auto owner = numericOwner(operands.front(), m_state);
        if (!owner || (!m_products.chown.empty() && m_products.chown != *owner))
            return false;
        for (const std::string &path : std::span(operands).subspan(1)) {
            const std::string absolute = lint::joinPath(m_workdir, path);
            if (std::ranges::none_of(m_products.paths,
                                     [&](const std::string &made) { return lint::isAtOrAbove(absolute, made); }))
                return false;
        }
        m_products.chown = *owner;
        m_changed = true;
        return true;
    }

    bool download(const SimpleCommand &command, std::string_view shortOption, std::string_view longOption)
    {
        const std::vector<std::string> &words = command.words;
        for (std::size_t i = 1; i < words.size(); ++i) {
            std::string_view file;
            if ((words[i] == shortOption || words[i] == longOption) && i + 1 < words.size())
                file = words[i + 1];
            else if (words[i].starts_with(std::string(longOption) + '='))
                file = std::string_view(words[i]).substr(longOption.size() + 1);
            else if (words[i].size() > 2 && words[i][0] == '-' && words[i][1] != '-'
                     && words[i].ends_with(shortOption[1]) && i + 1 < words.size())
                file = words[i + 1]; // -fsSLo FILE
            if (file.starts_with('/')) {
                m_products.onlyFolders = false;
                makeParent(file);
                m_kept.push_back(command);
                return add(file);
            }
        }
        return false;
    }

    bool addAccount(const SimpleCommand &command)
    {
        m_products.onlyFolders = false;
        m_kept.push_back(command);
        return add("/etc/passwd") && add("/etc/group");
    }

    static std::string written(const SimpleCommand &command)
    {
        std::string text;
        for (const std::string &word : command.words) {
            const bool plain = !word.empty() && word.find_first_of(" \t\n\"'\\$`|&;<>()*?[]#~{}!") == std::string::npos;
            std::string quoted = "'";
            for (const char c : word)
                quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
            text += (text.empty() ? "" : " ") + (plain ? word : quoted + "'");
        }
        return command.outputFile.empty() ? text : text + (command.append ? " >> " : " > ") + command.outputFile;
    }

    const StageState &m_state;
    std::string m_workdir;
    Products m_products{.onlyFolders = true};
    std::vector<SimpleCommand> m_kept;
    bool m_changed = false;
};

bool isSystemPath(std::string_view path)
{
    static constexpr std::array<std::string_view, 14> folders{
        "/bin", "/sbin", "/usr",     "/lib",         "/lib64",     "/dev",          "/proc",
        "/sys", "/tmp",  "/etc/apt", "/var/lib/apt", "/var/cache", "/var/lib/dpkg", "/root"};
    return std::ranges::any_of(folders, [path](std::string_view folder) { return lint::isAtOrAbove(folder, path); });
}

/// Absolute paths that a text names, folders of the system left out.
std::vector<std::string> pathsIn(std::string_view text)
{
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts
            = text[i] == '/' && (i == 0 || std::string_view(" \t\n='\"").find(text[i - 1]) != std::string_view::npos);
        if (!starts)
            continue;
        std::size_t end = i;
        while (end < text.size()
               && (std::isalnum(static_cast<unsigned char>(text[end])) != 0
                   || std::string_view("/._-+@").find(text[end]) != std::string_view::npos))
            ++end;
        const bool whole
            = end == text.size() || std::string_view(" \t\n'\";&|)").find(text[end]) != std::string_view::npos;
        std::string path = lint::joinPath("/", text.substr(i, end - i));
        if (whole && path != "/" && !isSystemPath(path) && std::ranges::find(paths, path) == paths.end())
            paths.push_back(std::move(path));
        i = end;
    }
    return paths;
}

/// A proposal for a text that was not understood.
Products proposal(std::string_view text, const std::string &workdir)
{
    Products products;
    if (const PackageRequest request = packagesIn(text); request.uses) {
        // Packages bring files all over the system; only pure data can be named.
        for (const std::string &package : request.packages) {
            const lint::DataPackage *data = lint::dataPackage(package);
            if (!data || !request.onlyInstalls)
                return {};
            products.paths.emplace_back(data->path);
        }
        return products;
    }
    // A COPY of a link copies what it points to.
    if (text.starts_with("ln ") || text.find(" ln -") != std::string_view::npos)
        return products;
    // The program itself is not what the command makes.
    const std::size_t program = text.find_first_not_of(" \t");
    if (program != std::string_view::npos && text[program] == '/')
        text.remove_prefix(std::min(text.find_first_of(" \t", program), text.size()));
    products.paths = pathsIn(text);
    if (products.paths.empty() && !workdir.empty() && workdir != "/")
        products.paths.push_back(workdir);
    return products;
}

} // namespace

Products productsOf(const RuleContext &context, const Instruction &run)
{
    const StageState &state = context.states.stage(context.snapshot.graph().stageOf(run.id));
    const std::string &workdir = *context.states.at(run.id).workdir;
    std::string_view script = run.arguments;
    if (!run.heredocs.empty()) {
        const Heredoc &document = run.heredocs.front();
        script = context.snapshot.text().slice(document.body);
        // `RUN cat <<EOF` and the like: the lines are no commands.
        if (run.heredocs.size() > 1
            || edit::detail::trimmed(run.arguments) != context.snapshot.text().slice(document.marker))
            return proposal(script, workdir);
        if (script.starts_with("#!"))
            script.remove_prefix(std::min(script.find('\n'), script.size()));
    }
    const lint::CommandList list = lint::readCommands(script);
    if (!list.refusal.empty() || list.commands.empty())
        return proposal(script, workdir);
    ProductReader reader(state, workdir);
    for (const SimpleCommand &command : list.commands) {
        if (!reader.read(command))
            return proposal(script, workdir);
    }
    Products products = reader.finish();
    if (products.chown.empty())
        products.chown = ownerAt(context, run.id);
    return products;
}

std::vector<std::string> foldersOf(const RuleContext &context, const Instruction &run)
{
    if (!run.heredocs.empty())
        return {};
    const Products products = productsOf(context, run);
    const lint::CommandList list = lint::readCommands(run.arguments);
    const bool onlyMkdir = products.certain && products.onlyFolders && products.chmod.empty()
        && std::ranges::all_of(list.commands,
                               [](const SimpleCommand &c) { return rules::fileNameOf(c.words.front()) == "mkdir"; });
    return onlyMkdir ? products.paths : std::vector<std::string>();
}

std::string ownerAt(const RuleContext &context, InstructionId instruction)
{
    const StageId stage = context.snapshot.graph().stageOf(instruction);
    const StageState &state = context.states.stage(stage);
    const InstructionId user = context.states.at(instruction).user->setBy;
    std::string owner;
    if (user == InstructionId::None) {
        if (state.facts && state.facts->uid && *state.facts->uid != 0)
            owner = std::to_string(*state.facts->uid) + ':' + std::to_string(*state.facts->uid);
        return owner;
    }
    const std::string_view written = edit::detail::trimmed(context.snapshot.tree().instruction(user).arguments);
    owner = numericOwner(written, state).value_or(std::string());
    return owner == "0" || owner == "0:0" ? std::string() : owner;
}

} // namespace stagewright::fixes
