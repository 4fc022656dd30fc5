// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Linter.h"
#include "panels/InstructionText.h"
#include "panels/PropertiesPanel.h"
#include "panels/PropertyForm.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QUndoStack>

using namespace stagewright;
namespace it = stagewright::instructiontext;

namespace {
constexpr char sample[] = "FROM node:22-alpine AS build\n"
                          "WORKDIR /app\n"
                          "RUN npm ci \\\n    && npm run build\n"
                          "\n"
                          "FROM gcr.io/distroless/nodejs22-debian12\n"
                          "# the app\n"
                          "COPY --from=build /app/dist /app\n"
                          "ENV A=1 B=\"two words\"\n"
                          "CMD node server.js\n";
}

class PropertiesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>();
        m_linter = std::make_unique<Linter>(Catalog::builtIn());
        m_session = std::make_unique<DocumentSession>(*m_linter);
        m_session->load(*SourceText::fromBytes(sample));
        m_panel = std::make_unique<PropertiesPanel>(*m_theme);
        m_panel->setSession(m_session.get());
        m_panel->resize(374, 800);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_session.reset();
    }

    void flagsOfRunAndAddAreEdited()
    {
        m_session->load(*SourceText::fromBytes(
            "FROM alpine\nRUN --device=nvidia.com/gpu=all --network=none make\nADD https://x.org/a.tgz /a\n"));
        selectInstruction(InstructionKind::Run);
        type("device-0", QStringLiteral("nvidia.com/gpu=0"));
        QVERIFY(text().contains("RUN --device=nvidia.com/gpu=0 --network=none make"));
        selectInstruction(InstructionKind::Add);
        auto *unpack = qobject_cast<QCheckBox *>(m_panel->form().editor(QStringLiteral("unpack")));
        QVERIFY(unpack);
        unpack->click();
        QVERIFY(text().contains("ADD --unpack https://x.org/a.tgz /a"));
    }

    void stageIsRenamedWithItsUsers()
    {
        selectStage(0);
        QCOMPARE(m_panel->title(), QStringLiteral("Stage build"));
        type("name", QStringLiteral("compile"));
        QVERIFY(text().contains("FROM node:22-alpine AS compile"));
        QVERIFY(text().contains("COPY --from=compile /app/dist /app"));
        m_session->undoStack()->undo();
        QCOMPARE(text(), std::string(sample));
        QCOMPARE(line("name")->text(), QStringLiteral("build"));
    }

    void wrongNameIsSaidAndNotWritten()
    {
        selectStage(0);
        line("name")->setFocus();
        line("name")->selectAll();
        QTest::keyClicks(line("name"), QStringLiteral("not a name!"));
        QVERIFY(!m_panel->form().errorOf(QStringLiteral("name")).isEmpty());
        QTest::keyClick(line("name"), Qt::Key_Return);
        QCOMPARE(text(), std::string(sample));
    }

    void copyChangesOnlyWhatIsMeant()
    {
        selectInstruction(InstructionKind::Copy);
        QCOMPARE(line("source")->text(), QStringLiteral("/app/dist"));
        QCOMPARE(line("destination")->text(), QStringLiteral("/app"));
        type("source", QStringLiteral("/app/out"));
        QVERIFY(text().contains("# the app\nCOPY --from=build /app/out /app\n"));
        type("chown", QStringLiteral("65532:65532"));
        QVERIFY(text().contains("--chown=65532:65532"));
        auto *link = qobject_cast<QCheckBox *>(m_panel->form().editor(QStringLiteral("link")));
        QVERIFY(link);
        link->click();
        QVERIFY(text().contains("--link"));
        QVERIFY(m_panel->writes().contains(QStringLiteral("--link")));
        link->click();
        QVERIFY(!text().contains("--link"));
        while (m_session->undoStack()->canUndo()) {
            m_session->undoStack()->undo();
        }
        QCOMPARE(text(), std::string(sample));
    }

    void previewFollowsTyping()
    {
        selectInstruction(InstructionKind::Workdir);
        line("arguments")->setFocus();
        line("arguments")->selectAll();
        QTest::keyClicks(line("arguments"), QStringLiteral("/srv"));
        QCOMPARE(m_panel->writes(), QStringLiteral("WORKDIR /srv"));
        QCOMPARE(text(), std::string(sample)); // nothing is written before Enter
        QTest::keyClick(line("arguments"), Qt::Key_Return);
        QVERIFY(text().contains("WORKDIR /srv\n"));
    }

    void commandKeepsItsLines()
    {
        selectInstruction(InstructionKind::Run);
        auto *command = qobject_cast<QPlainTextEdit *>(m_panel->form().editor(QStringLiteral("command")));
        QVERIFY(command);
        command->setFocus();
        command->setPlainText(QStringLiteral("npm ci\nnpm test"));
        QTest::keyClick(command, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY2(text().contains("RUN npm ci \\\nnpm test\n"), text().c_str());
    }

    void pairsChangeOneByOne()
    {
        selectInstruction(InstructionKind::Env);
        QCOMPARE(line("pair-0")->text(), QStringLiteral("1"));
        type("pair-0", QStringLiteral("has blanks"));
        QVERIFY(text().contains("ENV A=\"has blanks\" B=\"two words\"\n"));
        auto *add = qobject_cast<QPushButton *>(m_panel->form().editor(QStringLiteral("add-pair")));
        QVERIFY(add);
        add->click();
        QVERIFY(text().contains("B=\"two words\" NAME=value\n"));
        QVERIFY(line("pair-2"));
    }

    void shellFormBecomesExecForm()
    {
        selectInstruction(InstructionKind::Cmd);
        auto *form = qobject_cast<QComboBox *>(m_panel->form().editor(QStringLiteral("form")));
        QVERIFY(form);
        QCOMPARE(form->currentData().toString(), QStringLiteral("shell"));
        Q_EMIT form->activated(form->findData(QStringLiteral("exec")));
        QVERIFY(text().contains("CMD [\"node\", \"server.js\"]\n"));
        Q_EMIT form->activated(form->findData(QStringLiteral("shell")));
        QVERIFY(text().contains("CMD node server.js\n"));
    }

    void readOnlyFormIsReadOnly()
    {
        m_session->setReadOnly(true);
        selectInstruction(InstructionKind::Workdir);
        QVERIFY(line("arguments")->isReadOnly());
    }

    void simpleCommandsAreSplit()
    {
        QCOMPARE(it::toExecForm(*it::splitSimpleCommand("node 'my app.js' \"a b\" c\\ d")),
                 std::string(R"(["node", "my app.js", "a b", "c d"])"));
        for (const char *command :
             {"a && b", "echo $HOME", "ls *.js", "a | b", "cd ~", "X=1 run", "echo `id`", "a > b", "'open", ""}) {
            QVERIFY2(!it::splitSimpleCommand(command), command);
        }
        QCOMPARE(it::shellQuoted("it's"), std::string("'it'\\''s'"));
    }

    void continuationsAreAdded()
    {
        QCOMPARE(it::withContinuations("a\nb", '\\'), std::string("a \\\nb"));
        QCOMPARE(it::withContinuations("a \\\nb", '\\'), std::string("a \\\nb"));
        QCOMPARE(it::withContinuations("a\n# why\nb", '`'), std::string("a `\n# why\nb"));
    }

private:
    void selectStage(int index)
    {
        Selection selection;
        selection.nodes.push_back({NodeKind::Stage, index});
        m_session->select(selection, this);
    }
    void selectInstruction(InstructionKind kind)
    {
        for (const Instruction &instruction : m_session->snapshot()->tree().instructions()) {
            if (instruction.kind == kind) {
                Selection selection;
                selection.instructions.push_back(instruction.id);
                m_session->select(selection, this);
                return;
            }
        }
        QFAIL("no such instruction");
    }
    QLineEdit *line(const char *key) const
    {
        return qobject_cast<QLineEdit *>(m_panel->form().editor(QString::fromLatin1(key)));
    }
    void type(const char *key, const QString &value)
    {
        QVERIFY(line(key));
        line(key)->setFocus();
        line(key)->selectAll();
        QTest::keyClicks(line(key), value);
        QTest::keyClick(line(key), Qt::Key_Return);
    }
    std::string text() const { return std::string(m_session->snapshot()->text().bytes()); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Linter> m_linter;
    std::unique_ptr<DocumentSession> m_session;
    std::unique_ptr<PropertiesPanel> m_panel;
};

QTEST_MAIN(PropertiesTest)
#include "tst_properties.moc"
