// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "lint/Linter.h"
#include "panels/FixPopup.h"
#include "session/DocumentSession.h"
#include "text/CodeEdit.h"
#include "text/CompletionPopup.h"
#include "text/FindBar.h"
#include "text/SyntaxHighlighter.h"
#include "text/TextBridge.h"
#include "text/TextPane.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QMimeData>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QUndoStack>

using namespace stagewright;

namespace {

constexpr auto Sample = R"(# Stage 1: Build the app
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

FROM gcr.io/distroless/nodejs22-debian13
COPY --from=build /app /app
WORKDIR /app
RUN mkdir /data
CMD ["app.js"]
)";

SourceText source(std::string bytes)
{
    auto text = SourceText::fromBytes(std::move(bytes));
    return text ? *text : SourceText();
}

} // namespace

class TestTextPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void showsWhatTheSessionHolds_data() { oddTexts(); }
    void showsWhatTheSessionHolds();
    void typesIntoTheSession_data() { oddTexts(); }
    void typesIntoTheSession();
    void randomEdits_data();
    void randomEdits();
    void clipboardIsExact();
    void undoKeysGoToTheSession();
    void foreignEditsKeepCursorAndScroll();
    void readOnly();

    void newlineKeepsIndentation_data();
    void newlineKeepsIndentation();
    void lineKeys_data();
    void lineKeys();
    void tabIndents();

    void coloursHeredocs();
    void coloursEverySpelling();
    void coloursNamesByMeaning();
    void bigFileStaysResponsive();
    void linesPastTheLimitStayPlain();

    void completes_data();
    void completes();
    void completionNeverTakesEnter();

    void findAndReplace();
    void replaceAllWithExpressions();
    void selectionFollowsTheCursor();
    void cursorFollowsTheSelection();
    void fixesByKey();
    void findingUnderTheMouse();
    void paints_data();
    void paints();

private:
    static void oddTexts();
    void load(const std::string &bytes) { m_session->load(source(bytes)); }
    CodeEdit &edit() { return m_pane->editor(); }
    [[nodiscard]] std::string bytes() const { return std::string(m_session->snapshot()->text().bytes()); }
    [[nodiscard]] QString shown() const
    {
        return m_pane->editor().document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
    }
    void compare() const;
    void putCursor(int position, int anchor = -1);
    void putCursorBehind(const char *text);
    [[nodiscard]] QColor colourAt(int line, int column) const;

    Linter m_linter{Catalog::builtIn()};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<DocumentSession> m_session;
    std::unique_ptr<TextPane> m_pane;
};

void TestTextPane::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    m_theme->setMode(ThemeMode::Light);
    applyTheme(*m_theme);
}

void TestTextPane::init()
{
    m_session = std::make_unique<DocumentSession>(m_linter);
    m_pane = std::make_unique<TextPane>(*m_session, *m_theme);
    m_pane->resize(420, 480);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    m_pane->activateWindow();
    edit().setFocus();
}

void TestTextPane::cleanup()
{
    m_pane.reset();
    m_session.reset();
}

void TestTextPane::oddTexts()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray(Sample);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("crlf") << QByteArray("FROM a\r\nRUN b\r\n\r\nCMD c");
    QTest::newRow("mixed endings") << QByteArray("FROM a\nRUN b\r\nRUN c\r\nUSER d\n");
    QTest::newRow("bom") << QByteArray("\xEF\xBB\xBF"
                                       "FROM a\nRUN b\n");
    QTest::newRow("nbsp") << QByteArray("FROM a\nRUN x\xC2\xA0y \xC2\xA0\n");
    QTest::newRow("line separators") << QByteArray("FROM a\nRUN x\xE2\x80\xA8y\xE2\x80\xA9z\n\xE2\x80\xA8");
    QTest::newRow("lone cr") << QByteArray("FROM a\rb\nRUN c\r\r\n\rCMD\r");
    QTest::newRow("emoji") << QByteArray(
        "FROM a\nRUN echo \xF0\x9F\x90\xB3\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC e\xCC\x81\n");
    QTest::newRow("tabs") << QByteArray("FROM a\n\tRUN x \\\n\t\ty\t\n\n\n");
    QTest::newRow("heredoc") << QByteArray("FROM a\nRUN <<EOF\nRUN not\nEOF\nCOPY <<A <<B /\nx\nA\ny\nB\n");
    QTest::newRow("unterminated heredoc") << QByteArray("FROM a\nRUN <<EOF\nFROM b\n");
    QTest::newRow("control characters") << QByteArray("FROM a\n# \x0B \x0C \x1B \x7F \xC2\x85\n");
}

void TestTextPane::compare() const
{
    const SnapshotPtr snapshot = m_session->snapshot();
    QCOMPARE(shown(), snapshot->text().displayText());
    QCOMPARE(m_pane->editor().document()->blockCount(), int(snapshot->text().lineCount()));
    const SnapshotPtr fresh = Snapshot::make(snapshot->text(), snapshot->options());
    QCOMPARE(snapshot->tree().instructions().size(), fresh->tree().instructions().size());
    QCOMPARE(snapshot->graph().stages().size(), fresh->graph().stages().size());
    QCOMPARE(snapshot->graph().edges().size(), fresh->graph().edges().size());
}

void TestTextPane::putCursor(int position, int anchor)
{
    QTextCursor cursor = edit().textCursor();
    cursor.setPosition(anchor < 0 ? position : anchor);
    cursor.setPosition(position, QTextCursor::KeepAnchor);
    edit().setTextCursor(cursor);
}

void TestTextPane::putCursorBehind(const char *text)
{
    const QString wanted = QString::fromUtf8(text);
    const auto at = shown().indexOf(wanted);
    QVERIFY2(at >= 0, text);
    putCursor(int(at + wanted.size()));
}

QColor TestTextPane::colourAt(int line, int column) const
{
    const QTextBlock block = m_pane->editor().document()->findBlockByNumber(line - 1);
    for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
        if (range.start <= column && column < range.start + range.length)
            return range.format.foreground().color();
    }
    return {};
}

void TestTextPane::showsWhatTheSessionHolds()
{
    QFETCH(QByteArray, text);
    load(text.toStdString());
    compare();
    QCOMPARE(bytes(), text.toStdString());
    QVERIFY(!m_session->undoStack()->canUndo());
}

void TestTextPane::typesIntoTheSession()
{
    QFETCH(QByteArray, text);
    load(text.toStdString());
    // At every place: a character, taken back; a line, taken back.
    for (int at = 0; at < edit().document()->characterCount(); ++at) {
        putCursor(at);
        if (edit().document()->characterAt(at).isLowSurrogate())
            continue; // No cursor key leads between the halves of a pair.
        const std::string before = bytes();
        QTest::keyClick(&edit(), Qt::Key_X);
        QCOMPARE(bytes().size(), before.size() + 1);
        QTest::keyClick(&edit(), Qt::Key_Backspace);
        QCOMPARE(bytes(), before);
        QTest::keyClick(&edit(), Qt::Key_Return);
        compare();
        m_session->undoStack()->undo();
        QCOMPARE(bytes(), before);
        if (QTest::currentTestFailed())
            return;
    }
    while (m_session->undoStack()->canUndo())
        m_session->undoStack()->undo();
    QCOMPARE(bytes(), text.toStdString());
    compare();
}

void TestTextPane::randomEdits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint32>("seed");
    const char *texts[]{Sample, "FROM a AS x\r\nRUN b\r\nCOPY --from=x /a\xC2\xA0/b\r\n",
                        "\xEF\xBB\xBF"
                        "FROM a\nRUN \xF0\x9F\x90\xB3\xE2\x80\xA8 \\\n\t# c\n\tx\r\nRUN <<E\nFROM q\nE",
                        "a\r\n\r\r\n\xF0\x9F\x90\xB3\n"};
    for (quint32 seed = 1; seed <= 24; ++seed)
        QTest::addRow("%u", seed) << QByteArray(texts[seed % 4]) << seed;
}

void TestTextPane::randomEdits()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, seed);
    load(text.toStdString());
    QRandomGenerator random(seed);
    const QStringList pieces{QStringLiteral("x"),
                             QStringLiteral(" "),
                             QStringLiteral("\n"),
                             QStringLiteral("RUN a\nRUN b\n"),
                             QString::fromUtf8("\xF0\x9F\x90\xB3"),
                             QString(QChar(0xA0)),
                             QStringLiteral("\t"),
                             QStringLiteral("<<EOF"),
                             QString(QChar(0x2028)),
                             QStringLiteral("\r\n"),
                             QStringLiteral("\r"),
                             QStringLiteral("FROM x AS y")};
    const Qt::Key keys[]{Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Return, Qt::Key_Tab};
    std::vector<std::string> states{bytes()};
    for (int step = 0; step < 60; ++step) {
        const int end = edit().document()->characterCount() - 1;
        const int at = int(random.bounded(quint32(end + 1)));
        const int far = std::min(end, at + int(random.bounded(12U)));
        putCursor(at, random.bounded(3U) == 0 ? far : at);
        switch (random.bounded(8U)) {
        case 0:
        case 1: QTest::keyClick(&edit(), keys[random.bounded(4U)]); break;
        case 2: {
            QMimeData data;
            data.setText(pieces[random.bounded(quint32(pieces.size()))]);
            QApplication::clipboard()->setText(data.text());
            edit().paste();
            break;
        }
        case 3: QTest::keyClicks(&edit(), QStringLiteral("run")); break;
        case 4: { // As the graph does: several edits at once.
            EditTransaction edits("graph");
            const SourceText &now = m_session->snapshot()->text();
            for (std::uint32_t line = 1; line <= now.lineCount(); ++line) {
                if (random.bounded(3U) == 0)
                    edits.insert(now.line(line).end, random.bounded(2U) ? " y" : "\r\nz");
                else if (random.bounded(4U) == 0)
                    edits.remove(now.lineWithEnding(line));
            }
            m_session->push(std::move(edits), Origin::Graph);
            break;
        }
        case 5: m_session->undoStack()->undo(); break;
        case 6: m_session->undoStack()->redo(); break;
        default: QTest::keyClick(&edit(), random.bounded(2U) ? Qt::Key_Up : Qt::Key_Down, Qt::AltModifier); break;
        }
        compare();
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("step %1").arg(step)));
    }
    const std::string end = bytes();
    while (m_session->undoStack()->canUndo())
        m_session->undoStack()->undo();
    QCOMPARE(bytes(), text.toStdString());
    compare();
    while (m_session->undoStack()->canRedo())
        m_session->undoStack()->redo();
    if (m_session->undoStack()->index() == m_session->undoStack()->count())
        compare();
    while (m_session->undoStack()->canUndo())
        m_session->undoStack()->undo();
    QCOMPARE(bytes(), text.toStdString());
}

void TestTextPane::clipboardIsExact()
{
    const std::string odd = "RUN a\xC2\xA0"
                            "b\xE2\x80\xA8"
                            "c\rd \xF0\x9F\x90\xB3";
    load("FROM a\r\n" + odd + "\r\n");
    putCursor(7, int(shown().size()));
    edit().copy();
    QCOMPARE(QApplication::clipboard()->text().toStdString(), odd + "\n");
    putCursor(int(shown().size()));
    edit().paste();
    QCOMPARE(bytes(), "FROM a\r\n" + odd + "\r\n" + odd + "\r\n");
    compare();
    QCOMPARE(edit().textCursor().position(), int(shown().size()));
    putCursor(0, 7);
    edit().cut();
    QCOMPARE(bytes(), odd + "\r\n" + odd + "\r\n");
    m_session->undoStack()->undo();
    m_session->undoStack()->undo();
    QCOMPARE(bytes(), "FROM a\r\n" + odd + "\r\n");
}

void TestTextPane::undoKeysGoToTheSession()
{
    load(Sample);
    putCursorBehind("WORKDIR /app");
    QTest::keyClicks(&edit(), QStringLiteral("/x"));
    EditTransaction edits("Graph edit");
    edits.insert(0, "# top\n");
    m_session->push(std::move(edits), Origin::Graph);
    QTest::keySequence(&edit(), QKeySequence::Undo);
    QTest::keySequence(&edit(), QKeySequence::Undo);
    QCOMPARE(bytes(), std::string(Sample));
    QVERIFY(!m_session->undoStack()->canUndo());
    QTest::keySequence(&edit(), QKeySequence::Redo);
    QVERIFY(bytes().find("WORKDIR /app/x\n") != std::string::npos);
    // The cursor is where the change was.
    QCOMPARE(edit().textCursor().block().text(), QStringLiteral("WORKDIR /app/x"));
}

void TestTextPane::foreignEditsKeepCursorAndScroll()
{
    std::string text = "FROM a AS build\n";
    for (int i = 0; i < 200; ++i)
        text += "RUN step " + std::to_string(i) + "\n";
    load(text);
    putCursorBehind("RUN step 100");
    edit().verticalScrollBar()->setValue(90);
    auto renamed = edit::renameStage(*m_session->snapshot(), StageId(0), "compile");
    QVERIFY(renamed.has_value());
    m_session->push(*renamed, Origin::Graph);
    compare();
    QCOMPARE(edit().textCursor().block().text(), QStringLiteral("RUN step 100"));
    QCOMPARE(edit().textCursor().positionInBlock(), 12);
    QCOMPARE(edit().verticalScrollBar()->value(), 90);
    EditTransaction above("Graph edit");
    above.insert(0, "# one\n# two\n");
    m_session->push(std::move(above), Origin::Graph);
    QCOMPARE(edit().textCursor().block().text(), QStringLiteral("RUN step 100"));
    QCOMPARE(edit().verticalScrollBar()->value(), 92); // The same lines are in view.
}

void TestTextPane::readOnly()
{
    m_session->load(source(Sample), true);
    QVERIFY(edit().isReadOnly());
    QTest::keyClicks(&edit(), QStringLiteral("x"));
    QTest::keyClick(&edit(), Qt::Key_Return);
    QTest::keyClick(&edit(), Qt::Key_Tab);
    QTest::keyClick(&edit(), Qt::Key_Slash, Qt::ControlModifier);
    QTest::keyClick(&edit(), Qt::Key_Down, Qt::AltModifier);
    edit().paste();
    QCOMPARE(bytes(), std::string(Sample));
    compare();
}

void TestTextPane::newlineKeepsIndentation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("behind");
    QTest::addColumn<QString>("line");
    QTest::newRow("none") << "FROM a\nRUN b\n" << "RUN b" << "";
    QTest::newRow("kept") << "FROM a\n  RUN b\n" << "RUN b" << "  ";
    QTest::newRow("continued") << "FROM a\nRUN b \\\n" << "b \\" << "    ";
    QTest::newRow("further") << "FROM a\nRUN b \\\n  c \\\n" << "c \\" << "  ";
    QTest::newRow("after the last") << "FROM a\nRUN b \\\n    c\n" << "c" << "";
    QTest::newRow("tabs") << "FROM a\nRUN b \\\n\tc \\\n" << "c \\" << "\t";
    QTest::newRow("backtick") << "# escape=`\nFROM a\nRUN b `\n" << "RUN b `" << "    ";
    QTest::newRow("in a heredoc") << "FROM a\nRUN <<E\n  if x\nE\n" << "if x" << "  ";
}

void TestTextPane::newlineKeepsIndentation()
{
    QFETCH(QString, text);
    QFETCH(QString, behind);
    QFETCH(QString, line);
    load(text.toStdString());
    putCursorBehind(qPrintable(behind));
    QTest::keyClick(&edit(), Qt::Key_Return, line.isEmpty() ? Qt::ShiftModifier : Qt::NoModifier);
    QCOMPARE(edit().textCursor().block().text(), line);
    compare();
}

void TestTextPane::lineKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("result");
    const int ctrl = Qt::ControlModifier;
    const int alt = Qt::AltModifier;
    QTest::newRow("comment") << "A 1\nB 2\n" << 1 << 1 << int(Qt::Key_Slash) << ctrl << "# A 1\nB 2\n";
    QTest::newRow("comment two, indented") << "A 1\n  B 2\nC\n"
                                           << 1 << 6 << int(Qt::Key_Slash) << ctrl << "# A 1\n  # B 2\nC\n";
    QTest::newRow("uncomment") << "# A 1\n  #B 2\n\n" << 0 << 10 << int(Qt::Key_Slash) << ctrl << "A 1\n  B 2\n\n";
    QTest::newRow("mixed becomes comment") << "# A\nB\n" << 0 << 5 << int(Qt::Key_Slash) << ctrl << "# # A\n# B\n";
    QTest::newRow("up") << "A\nB\nC\n" << 2 << 2 << int(Qt::Key_Up) << alt << "B\nA\nC\n";
    QTest::newRow("up from the last, no ending") << "A\r\nB" << 3 << 3 << int(Qt::Key_Up) << alt << "B\r\nA";
    QTest::newRow("up at the top") << "A\nB\n" << 0 << 0 << int(Qt::Key_Up) << alt << "A\nB\n";
    QTest::newRow("down") << "A\nB\nC\n" << 0 << 0 << int(Qt::Key_Down) << alt << "B\nA\nC\n";
    QTest::newRow("down two") << "A\nB\nC\nD" << 0 << 3 << int(Qt::Key_Down) << alt << "C\nA\nB\nD";
    QTest::newRow("down to the end, no ending") << "A\nB" << 0 << 0 << int(Qt::Key_Down) << alt << "B\nA";
    QTest::newRow("down at the end") << "A\nB\n" << 2 << 2 << int(Qt::Key_Down) << alt << "A\nB\n";
    QTest::newRow("duplicate") << "A\nB" << 0 << 0 << int(Qt::Key_D) << int(ctrl | Qt::ShiftModifier) << "A\nA\nB";
    QTest::newRow("duplicate the last") << "A\r\nB" << 2 << 2 << int(Qt::Key_D) << int(ctrl | Qt::ShiftModifier)
                                        << "A\r\nB\r\nB";
}

void TestTextPane::lineKeys()
{
    QFETCH(QString, text);
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, result);
    load(text.toStdString());
    putCursor(to, from);
    const QString line = edit().textCursor().block().text();
    QTest::keyClick(&edit(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(QString::fromStdString(bytes()), result);
    compare();
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        QCOMPARE(edit().textCursor().block().text(), line); // The cursor went along.
    m_session->undoStack()->undo();
    QCOMPARE(QString::fromStdString(bytes()), text);
}

void TestTextPane::tabIndents()
{
    load("FROM a\nRUN b\n");
    putCursor(8);
    QTest::keyClick(&edit(), Qt::Key_Tab);
    QCOMPARE(bytes(), std::string("FROM a\nR   UN b\n"));
    m_session->undoStack()->undo();
    edit().selectAll();
    QTest::keyClick(&edit(), Qt::Key_Tab);
    QCOMPARE(bytes(), std::string("    FROM a\n    RUN b\n"));
    edit().selectAll();
    QTest::keyClick(&edit(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(bytes(), std::string("FROM a\nRUN b\n"));
}

void TestTextPane::coloursHeredocs()
{
    load("FROM a\nRUN <<EOF\nRUN not\nEOF\nRUN yes\n");
    const Tokens &t = m_theme->tokens();
    QTRY_VERIFY(edit().highlighter().isIdle());
    QCOMPARE(colourAt(2, 0), t.synKw);
    QCOMPARE(colourAt(2, 5), t.synFlag);
    QVERIFY(colourAt(3, 0) != t.synKw);
    QCOMPARE(colourAt(4, 0), t.synFlag);
    QCOMPARE(colourAt(5, 0), t.synKw);
    // Opened by typing, above lines that do not change; and closed again.
    load("FROM a\nRUN x\nRUN one\nEOF\nRUN two\n");
    QTRY_COMPARE(colourAt(3, 0), t.synKw);
    putCursorBehind("RUN x");
    QTest::keyClicks(&edit(), QStringLiteral(" <<EOF"));
    QTRY_VERIFY(colourAt(3, 0) != t.synKw);
    QTRY_COMPARE(colourAt(5, 0), t.synKw);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&edit(), Qt::Key_Backspace);
    QTRY_COMPARE(colourAt(3, 0), t.synKw);
    // Pasted in several lines at once.
    load("FROM a\nRUN one\nE\nRUN two\n");
    putCursor(7);
    QApplication::clipboard()->setText(QStringLiteral("# x\nCOPY <<E /\n"));
    edit().paste();
    QTRY_VERIFY(colourAt(4, 0) != t.synKw);
    QCOMPARE(colourAt(6, 0), t.synKw);
    // Two of them, and one whose name is in quotes in the shell (no heredoc of the Dockerfile's).
    load("FROM a\nCOPY <<A <<B /\nRUN a\nB\nA\nRUN b\nB\nRUN c\nRUN echo \"<<X\"\nRUN d\n");
    QTRY_VERIFY(edit().highlighter().isIdle());
    for (const int body : {3, 4, 6})
        QVERIFY2(colourAt(body, 0) != t.synKw, qPrintable(QString::number(body)));
    QCOMPARE(colourAt(8, 0), t.synKw);
    QCOMPARE(colourAt(10, 0), t.synKw);
}

void TestTextPane::coloursEverySpelling()
{
    const Tokens &t = m_theme->tokens();
    load("# syntax=docker/dockerfile:1\n# plain=no\nfrom a as b\n  Run x \\\n# inside\n\n  --y \"s\" $V\nLABEL "
         "k=v\nCMD [\"a\", \"b\"]\nNONSENSE x\n"
         "HEALTHCHECK --interval=3s CMD true\nONBUILD RUN z\nCOPY --chown=1 . .\n");
    QTRY_VERIFY(edit().highlighter().isIdle());
    QCOMPARE(colourAt(1, 10), t.synImg);
    QCOMPARE(colourAt(1, 3), t.synFlag);
    QCOMPARE(colourAt(2, 3), t.synCom);
    QCOMPARE(colourAt(3, 0), t.synKw);
    QCOMPARE(colourAt(3, 5), t.synImg);
    QCOMPARE(colourAt(3, 7), t.synKw);
    QCOMPARE(colourAt(3, 10), t.synStage);
    QCOMPARE(colourAt(4, 2), t.synKw);
    QCOMPARE(colourAt(5, 0), t.synCom);
    QCOMPARE(colourAt(7, 7), t.synStr);
    QCOMPARE(colourAt(7, 10), t.synFlag);
    QCOMPARE(colourAt(8, 0), t.synKw);
    QCOMPARE(colourAt(9, 6), t.synStr);
    QCOMPARE(colourAt(10, 0), t.text);
    QCOMPARE(colourAt(11, 0), t.synKw);
    QCOMPARE(colourAt(11, 12), t.synFlag);
    QCOMPARE(colourAt(11, 26), t.synKw);
    QCOMPARE(colourAt(12, 8), t.synKw);
    QCOMPARE(colourAt(13, 5), t.synFlag);
    load("# escape=`\nFROM a\nRUN x `\n  RUN `\n  y\nRUN z\\\nRUN w\n");
    QTRY_VERIFY(edit().highlighter().isIdle());
    QVERIFY(colourAt(4, 2) != t.synKw);
    QCOMPARE(colourAt(6, 0), t.synKw);
    QCOMPARE(colourAt(7, 0), t.synKw);
}

void TestTextPane::coloursNamesByMeaning()
{
    const Tokens &t = m_theme->tokens();
    load("FROM alpine AS base\nFROM base\nCOPY --from=base a b\nCOPY --from=nginx:1 a b\n");
    QTRY_VERIFY(edit().highlighter().isIdle());
    QCOMPARE(colourAt(1, 5), t.synImg);
    QCOMPARE(colourAt(2, 5), t.synStage);
    QCOMPARE(colourAt(3, 12), t.synStage);
    QCOMPARE(colourAt(4, 12), t.synImg);
    // Renaming the stage in the first line turns the second line's name into an image.
    putCursorBehind("AS base");
    QTest::keyClicks(&edit(), QStringLiteral("x"));
    QTRY_COMPARE(colourAt(2, 5), t.synImg);
}

void TestTextPane::bigFileStaysResponsive()
{
    std::string text = "FROM a\nRUN x\n";
    for (int i = 0; i < 10'000; ++i)
        text += "RUN echo \"step " + std::to_string(i) + "\" && true # done\n";
    load(text);
    QTRY_VERIFY_WITH_TIMEOUT(edit().highlighter().isIdle(), 60'000);
    QCOMPARE(colourAt(9'000, 0), m_theme->tokens().synKw);
    putCursorBehind("RUN x");
    QTest::keyClicks(&edit(), QStringLiteral(" <<EO"));
    // The key that opens a heredoc over everything below comes back at once; what is in view is right at once.
    QElapsedTimer timer;
    timer.start();
    QTest::keyClicks(&edit(), QStringLiteral("F"));
    edit().repaint();
    const qint64 key = timer.elapsed();
    QVERIFY(colourAt(3, 0) != m_theme->tokens().synKw);
    QTRY_VERIFY_WITH_TIMEOUT(edit().highlighter().isIdle(), 60'000);
    QVERIFY(colourAt(10'000, 0) != m_theme->tokens().synKw);
    qInfo("key that opens a heredoc in 10,000 lines: %lld ms; recoloured after %lld ms", key, timer.elapsed());
    QVERIFY2(key < 1500, qPrintable(QString::number(key)));
}

void TestTextPane::linesPastTheLimitStayPlain()
{
    load("FROM a\nRUN " + std::string(65'536, 'x') + "\nRUN y\n");
    compare();
    QTRY_VERIFY(edit().highlighter().isIdle());
    QCOMPARE(colourAt(2, 0), m_theme->tokens().text);
    QCOMPARE(colourAt(3, 0), m_theme->tokens().synKw);
}

void TestTextPane::completes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("behind");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("hidden");
    QTest::newRow("keyword") << "FROM a\n" << "FROM a\n" << "R" << "RUN" << "COPY";
    QTest::newRow("lower case") << "from a\n" << "from a\n" << "c" << "copy" << "COPY";
    QTest::newRow("flag") << "FROM a\nCOPY \n" << "COPY " << "--" << "--from=" << "--mount=";
    QTest::newRow("mount flag") << "FROM a\nRUN \n" << "RUN " << "--m" << "--mount=" << "--from=";
    QTest::newRow("stage of --from") << "FROM a AS build\nFROM b\nCOPY --from\n"
                                     << "--from" << "=" << "build" << "--from=";
    QTest::newRow("only earlier stages") << "FROM a AS one\nCOPY --from\nFROM b AS two\n"
                                         << "--from" << "=" << "alpine" << "two";
    QTest::newRow("stage of FROM") << "FROM a AS build\nFROM \n" << "build\nFROM " << "b" << "build" << "RUN";
    QTest::newRow("image") << "FROM \n" << "FROM " << "alpi" << "alpine" << "RUN";
    QTest::newRow("mount type") << "FROM a\nRUN --mount=type\n" << "type" << "=" << "cache" << "type=";
    QTest::newRow("variable") << "ARG VERSION\nFROM a:\n" << "FROM a:" << "$" << "VERSION" << "RUN";
    QTest::newRow("not in a comment") << "FROM a\n# \n" << "# " << "R" << "" << "RUN";
    QTest::newRow("not in a heredoc") << "FROM a\nRUN <<E\n\nE\n" << "<<E\n" << "R" << "" << "RUN";
    QTest::newRow("not in an argument") << "FROM a\nRUN \n" << "RUN " << "R" << "" << "RUN";
}

void TestTextPane::completes()
{
    QFETCH(QString, text);
    QFETCH(QString, behind);
    QFETCH(QString, typed);
    QFETCH(QString, offered);
    QFETCH(QString, hidden);
    load(text.toStdString());
    putCursorBehind(qPrintable(behind));
    QTest::keyClicks(&edit(), typed);
    auto *popup = edit().findChild<CompletionPopup *>();
    QVERIFY(popup);
    QStringList texts;
    if (popup->isVisible()) {
        for (const Proposal &proposal : popup->proposals().items)
            texts.append(QString::fromStdString(proposal.text).trimmed());
    }
    if (offered.isEmpty())
        QVERIFY2(!popup->isVisible(), qPrintable(texts.join(u',')));
    else
        QVERIFY2(!texts.filter(offered).isEmpty(), qPrintable(texts.join(u',')));
    QVERIFY2(!texts.contains(hidden), qPrintable(texts.join(u',')));
}

void TestTextPane::completionNeverTakesEnter()
{
    load("FROM a\n");
    putCursor(7);
    auto *popup = edit().findChild<CompletionPopup *>();
    QTest::keyClicks(&edit(), QStringLiteral("RU"));
    QVERIFY(popup->isVisible());
    QTest::keyClick(&edit(), Qt::Key_Return);
    QCOMPARE(bytes(), std::string("FROM a\nRU\n"));
    QVERIFY(!popup->isVisible());
    QTest::keyClicks(&edit(), QStringLiteral("WO"));
    QTest::keyClick(&edit(), Qt::Key_Tab);
    QCOMPARE(bytes(), std::string("FROM a\nRU\nWORKDIR "));
    QTest::keyClick(&edit(), Qt::Key_Return);
    QTest::keyClicks(&edit(), QStringLiteral("E"));
    QTest::keyClick(&edit(), Qt::Key_Down);
    QTest::keyClick(&edit(), Qt::Key_Return);
    QCOMPARE(bytes(), std::string("FROM a\nRU\nWORKDIR \nENV "));
    QTest::keyClick(&edit(), Qt::Key_Return);
    QTest::keyClicks(&edit(), QStringLiteral("CM"));
    QTest::keyClick(&edit(), Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    QTest::keyClick(&edit(), Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(popup->isVisible());
    compare();
}

void TestTextPane::findAndReplace()
{
    load("RUN npm a\r\nRUN NPM b\r\nRUN npmx\r\n");
    QTest::keyClick(&edit(), Qt::Key_H, Qt::ControlModifier);
    FindBar &bar = m_pane->findBar();
    QVERIFY(bar.isVisible());
    const auto fields = bar.findChildren<QLineEdit *>();
    QCOMPARE(fields.size(), 2);
    QTest::keyClicks(fields[0], QStringLiteral("npm"));
    QCOMPARE(bar.matchCount(), 3U);
    QCOMPARE(edit().textCursor().selectedText(), QStringLiteral("npm"));
    QTest::keyClick(fields[0], Qt::Key_Return);
    QCOMPARE(edit().textCursor().selectedText(), QStringLiteral("NPM"));
    QTest::keyClick(fields[0], Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(fields[0], Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(edit().textCursor().blockNumber(), 2); // Wrapped around.
    fields[1]->setText(QStringLiteral("yarn"));
    bar.replaceOne();
    QCOMPARE(bytes(), std::string("RUN npm a\r\nRUN NPM b\r\nRUN yarnx\r\n"));
    bar.replaceAll();
    QCOMPARE(bytes(), std::string("RUN yarn a\r\nRUN yarn b\r\nRUN yarnx\r\n"));
    compare();
    m_session->undoStack()->undo();
    m_session->undoStack()->undo();
    QCOMPARE(bytes(), std::string("RUN npm a\r\nRUN NPM b\r\nRUN npmx\r\n"));
    QTest::keyClick(fields[0], Qt::Key_Escape);
    QVERIFY(!bar.isVisible());
}

void TestTextPane::replaceAllWithExpressions()
{
    load("COPY a b\nCOPY c d\n");
    m_pane->findAndReplace();
    FindBar &bar = m_pane->findBar();
    const auto fields = bar.findChildren<QLineEdit *>();
    for (QToolButton *button : bar.findChildren<QToolButton *>()) {
        if (button->text() == QStringLiteral(".*"))
            button->setChecked(true);
    }
    fields[0]->setText(QStringLiteral("(^COPY) (\\w) (\\w)"));
    fields[1]->setText(QStringLiteral("\\1 \\3 \\2"));
    bar.replaceAll();
    QCOMPARE(bytes(), std::string("COPY b a\nCOPY d c\n"));
    fields[0]->setText(QStringLiteral("(["));
    QCOMPARE(bar.matchCount(), 0U);
}

void TestTextPane::selectionFollowsTheCursor()
{
    load(Sample);
    putCursorBehind("RUN mkdir");
    QCOMPARE(m_session->selection().instructions.size(), 1U);
    const Instruction &selected = m_session->snapshot()->tree().instruction(m_session->selection().instructions[0]);
    QCOMPARE(selected.arguments, std::string_view("mkdir /data"));
    putCursorBehind("FROM build");
    QCOMPARE(m_session->selection().nodes, std::vector<NodeRef>{NodeRef::stage(StageId(1))});
}

void TestTextPane::cursorFollowsTheSelection()
{
    load(Sample);
    QWidget other;
    QLineEdit field(&other);
    other.show();
    field.setFocus();
    other.activateWindow();
    QTRY_VERIFY(field.hasFocus());
    Selection selection;
    selection.nodes = {NodeRef::stage(StageId(2))};
    m_session->select(selection, &other);
    QCOMPARE(edit().textCursor().blockNumber() + 1, 12);
    QVERIFY(field.hasFocus());
    QCOMPARE(m_session->selection(), selection); // No echo.
    // A change that moves the text cursor does not select what stands at the cursor.
    putCursor(int(shown().size()) - 1);
    m_session->select(selection, &other);
    EditTransaction edits("Graph edit");
    edits.insert(0, "# top\n");
    m_session->push(std::move(edits), Origin::Graph);
    QCOMPARE(m_session->selection(), selection);
}

void TestTextPane::fixesByKey()
{
    load(Sample);
    const auto &findings = m_session->diagnostics();
    const auto fixable = std::ranges::find_if(findings, [](const Diagnostic &d) { return d.fixable; });
    if (fixable == findings.end())
        QSKIP("No rule with a fix finds anything in the sample");
    m_session->reveal(fixable->range, this);
    QTest::keyClick(&edit(), Qt::Key_Return, Qt::AltModifier);
    QPointer<FixPopup> popup = m_pane->findChild<FixPopup *>();
    QVERIFY(popup);
    QVERIFY(!popup->fixes().empty());
    const std::string expected(popup->fixes()[0].transaction.applyTo(m_session->snapshot()->text()).bytes());
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(bytes(), expected);
    compare();
    QTRY_VERIFY(!popup);
    m_session->undoStack()->undo();
    QCOMPARE(bytes(), std::string(Sample));
}

void TestTextPane::findingUnderTheMouse()
{
    load("FROM a\nNONSENSE x\n");
    const auto &findings = m_session->diagnostics();
    QVERIFY(!findings.empty());
    const auto error = std::ranges::find_if(findings, [](const Diagnostic &d) { return d.line == 2; });
    QVERIFY(error != findings.end());
    const QRect anchor = edit().anchorOf(*error);
    const QPoint at = edit().viewport()->mapFromGlobal(anchor.center()) + QPoint(4, 0);
    QVERIFY(edit().findingAt(at));
    QCOMPARE(edit().findingAt(at)->line, 2U);
    QVERIFY(!edit().findingAt(at - QPoint(0, 22)) || edit().findingAt(at - QPoint(0, 22))->line == 1U);
}

void TestTextPane::paints_data()
{
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("light") << ThemeMode::Light;
    QTest::newRow("dark") << ThemeMode::Dark;
}

void TestTextPane::paints()
{
    QFETCH(ThemeMode, mode);
    m_theme->setMode(mode);
    load(Sample);
    m_session->reveal(m_session->snapshot()->tree().instructionAtLine(15)->range, this);
    const QImage image = m_pane->grab().toImage();
    const Tokens &t = m_theme->tokens();
    const double dpr = image.devicePixelRatio();
    const auto pixel
        = [&](int x, int line) { return QColor(image.pixel(int(x * dpr), int(((line - 1) * 22 + 11) * dpr))); };
    const int bar = edit().gutterWidth() - 2;
    QCOMPARE(pixel(bar, 2), t.builderLine);
    QCOMPARE(pixel(bar, 1), t.builderLine); // The stage's comment.
    QCOMPARE(pixel(bar, 8), t.field);
    QVERIFY(pixel(bar, 9) != t.testLine && pixel(bar, 9) != t.field); // Not needed: paler.
    QCOMPARE(pixel(bar, 13), t.finalLine);
    QCOMPARE(pixel(415, 15), t.accentTint); // The cursor's line.
    QVERIFY(pixel(415, 14) != t.field);     // The final stage's tint.
    QCOMPARE(pixel(415, 5), t.field);
    const QString folder = qEnvironmentVariable("STAGEWRIGHT_SCREENSHOTS");
    if (!folder.isEmpty())
        QVERIFY(image.save(QDir(folder).filePath(
            QStringLiteral("textpane-%1.png").arg(QString::fromLatin1(QTest::currentDataTag())))));
    m_theme->setMode(ThemeMode::Light);
}

QTEST_MAIN(TestTextPane)
#include "test_textpane.moc"
