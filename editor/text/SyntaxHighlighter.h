// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>

#include <QElapsedTimer>
#include <QSyntaxHighlighter>
#include <QTextCursor>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// Colours a document that shows a snapshot's text. KSyntaxHighlighting with our Dockerfile definition colours
/// within an instruction; where instructions begin, what a heredoc's body is and whether a name is a stage or an
/// image is taken from the snapshot, so the colours agree with the parser.
///
/// Works in slices of a few milliseconds: a heredoc that opens at the top of 10,000 lines does not hold up the key.
/// Call setSnapshot() before the QTextDocument reports its change.
class SyntaxHighlighter : public QSyntaxHighlighter, private KSyntaxHighlighting::AbstractHighlighter
{
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)
public:
    SyntaxHighlighter(QTextDocument *document, const Theme &theme);
    ~SyntaxHighlighter() override;

    /// The snapshot of the text that the document shows or is about to show. Lines whose names changed their
    /// meaning are coloured anew by refreshNames().
    void setSnapshot(SnapshotPtr snapshot);
    /// Recolours lines that did not change but whose names now mean something else.
    void refreshNames();
    /// True when no lines wait to be coloured.
    [[nodiscard]] bool isIdle() const { return m_pendingFirst.isNull(); }
    /// Colours a range of lines now (0-based block numbers): what is visible comes first.
    void colourNow(int firstBlock, int lastBlock);

protected:
    void highlightBlock(const QString &text) override;
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;

private:
    enum class LineKind : std::uint8_t { Between, Start, Inside, HeredocBody, HeredocEnd };
    /// What the parser says about a line. As long as it stays the same the lines behind need no new colours, so it
    /// says how far the instruction and the heredoc reach, too.
    struct LineClass
    {
        LineKind kind = LineKind::Between;
        std::uint32_t toInstructionEnd = 0; ///< In lines.
        std::uint32_t toHeredocEnd = 0;     ///< In bytes.
        friend bool operator==(const LineClass &, const LineClass &) = default;
    };
    struct Name
    {
        TextRange range;
        bool stage = false; ///< Otherwise an image or a context.
        friend bool operator==(const Name &, const Name &) = default;
    };
    class BlockData;
    [[nodiscard]] LineClass classify(std::uint32_t line) const;
    [[nodiscard]] KSyntaxHighlighting::State startState(const QTextBlock &block, const LineClass &lineClass) const;
    void makeFormats();
    void overlayNames(std::uint32_t line);
    void keepState(const KSyntaxHighlighting::State &state, const LineClass &lineClass);
    void defer();
    void resume();
    [[nodiscard]] static std::vector<Name> namesOf(const Snapshot &snapshot);

    const Theme &m_theme;
    KSyntaxHighlighting::Repository m_repository;
    KSyntaxHighlighting::State m_base;         ///< Between instructions.
    KSyntaxHighlighting::State m_baseBacktick; ///< The same after `# escape=` with a backtick.
    std::vector<QTextCharFormat> m_formats;    ///< Per text style.
    SnapshotPtr m_snapshot;
    std::vector<Name> m_names; ///< Sorted by range.
    std::vector<Name> m_previousNames;
    QTimer *m_resume = nullptr;
    QTextCursor m_pendingFirst; ///< Blocks from here to m_pendingLast wait; they follow edits.
    QTextCursor m_pendingLast;
    QElapsedTimer m_slice;
    int m_urgentLast = -1; ///< While colourNow() runs: the last block that may not wait.
};

} // namespace stagewright
