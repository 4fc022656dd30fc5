// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Build options in the real window: what is chosen counts at once, is shown, and is there again when the file is.
#include "WindowFixture.h"

#include "BuildOptionsDialog.h"
#include "TargetBox.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolBar>
#include <QToolButton>

using namespace stagewright;

namespace {

constexpr char chosenBase[] = "ARG BASE=alpine:3.22\n"
                              "FROM golang AS build\n"
                              "RUN go build -o /app\n"
                              "FROM build AS test\n"
                              "RUN go test\n"
                              "FROM ${BASE}\n"
                              "ARG VERSION\n"
                              "COPY --from=tools /x /x\n";

} // namespace

class BuildOptionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        path = f->write(QStringLiteral("Dockerfile"), chosenBase);
        open();
    }
    void cleanup()
    {
        QTest::qWait(0);
        f.reset();
    }

    void anArgumentTurnsAnImageIntoAStage();
    void platformAndTarget();
    void otherArguments();
    void namedContexts();
    void theToolBarTells();
    void keptWithTheFile();
    void followsTheActiveDocument();
    void typingInTheTextKeepsTheRows();

private:
    void open()
    {
        page = f->window->controller().openFile(path);
        QVERIFY(page);
        f->window->actions().buildOptions->trigger();
        dialog = f->window->findChild<BuildOptionsDialog *>();
        QVERIFY(dialog && dialog->isVisible());
    }
    QLineEdit *edit(const char *name) const { return dialog->findChild<QLineEdit *>(QString::fromLatin1(name)); }
    const BuildGraph &graph() const { return page->session().snapshot()->graph(); }
    static void type(QLineEdit *edit, const char *text)
    {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
    }

    std::unique_ptr<WindowFixture> f;
    QString path;
    DocumentPage *page = nullptr;
    BuildOptionsDialog *dialog = nullptr;
};

void BuildOptionsTest::anArgumentTurnsAnImageIntoAStage()
{
    QCOMPARE(graph().stage(StageId(2)).base.kind, BaseKind::Image);
    QLineEdit *base = edit("arg:BASE");
    QVERIFY(base);
    QCOMPARE(base->placeholderText(), QStringLiteral("alpine:3.22"));
    type(base, "test");
    QCOMPARE(graph().stage(StageId(2)).base.kind, BaseKind::Stage);
    QCOMPARE(graph().stage(StageId(2)).base.stage, StageId(1));
    QVERIFY(graph().stage(StageId(1)).reachable);
    QVERIFY(!page->file().isModified()); // the text is as it was
    // Nothing is a value too; the x takes it back.
    base->selectAll();
    QTest::keyClick(base, Qt::Key_Delete);
    QVERIFY(page->session().options().buildArgs.contains("BASE"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("reset:BASE")), Qt::LeftButton);
    QVERIFY(!page->session().options().buildArgs.contains("BASE"));
    QCOMPARE(graph().stage(StageId(2)).base.kind, BaseKind::Image);
}

void BuildOptionsTest::platformAndTarget()
{
    auto *platform = dialog->findChild<QComboBox *>(QStringLiteral("optionPlatform"));
    platform->lineEdit()->setFocus();
    platform->lineEdit()->selectAll();
    QTest::keyClicks(platform->lineEdit(), QStringLiteral("linux/arm64"));
    QTest::keyClick(platform->lineEdit(), Qt::Key_Return);
    QCOMPARE(page->session().options().platform, "linux/arm64");
    QVERIFY(dialog->isVisible()); // Enter does not close it
    auto *target = dialog->findChild<TargetBox *>(QStringLiteral("optionTarget"));
    QTest::keyClick(target, Qt::Key_Down);
    QCOMPARE(page->session().options().target, "build");
    QVERIFY(!graph().stage(StageId(2)).reachable);
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("resetOptions")), Qt::LeftButton);
    QCOMPARE(optionsInForce(page->session().options()), 0);
    QCOMPARE(platform->currentText(), QStringLiteral("linux/amd64"));
    QVERIFY(graph().stage(StageId(2)).reachable);
}

void BuildOptionsTest::otherArguments()
{
    QLineEdit *more = edit("newArgument");
    type(more, "no value");
    QTest::keyClick(more, Qt::Key_Return);
    QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("argumentError"))->isVisible());
    QVERIFY(page->session().options().buildArgs.empty());
    type(more, "HTTP_PROXY=http://proxy:3128?a=b");
    QTest::keyClick(more, Qt::Key_Return);
    QCOMPARE(page->session().options().buildArgs.at("HTTP_PROXY"), "http://proxy:3128?a=b");
    QVERIFY(more->text().isEmpty());
    QVERIFY(edit("arg:HTTP_PROXY"));
    QVERIFY(!dialog->findChild<QLabel *>(QStringLiteral("argumentError"))->isVisible());
}

void BuildOptionsTest::namedContexts()
{
    type(edit("newContextName"), "tools");
    QTest::keyClick(edit("newContextName"), Qt::Key_Return);
    type(edit("newContextSource"), "docker-image://busybox:musl");
    QTest::keyClick(edit("newContextSource"), Qt::Key_Return);
    QCOMPARE(page->session().options().namedContexts.at("tools"), "docker-image://busybox:musl");
    QCOMPARE(graph().namedContexts().size(), 1U);
    QVERIFY(
        std::ranges::any_of(graph().edges(), [](const Edge &e) { return e.source.kind == NodeKind::NamedContext; }));
    QCOMPARE(edit("context:tools")->text(), QStringLiteral("docker-image://busybox:musl"));
}

void BuildOptionsTest::theToolBarTells()
{
    QAction *action = f->window->actions().buildOptions;
    QCOMPARE(action->iconText(), QStringLiteral("Options"));
    type(edit("arg:VERSION"), "2");
    QCOMPARE(action->iconText(), QStringLiteral("Options (1)"));
    QVERIFY(action->toolTip().contains(QStringLiteral("VERSION=2")));
}

void BuildOptionsTest::keptWithTheFile()
{
    type(edit("arg:VERSION"), "3");
    QVERIFY(f->window->controller().close(page));
    page = f->window->controller().openFile(path);
    QCOMPARE(page->session().options().buildArgs.at("VERSION"), "3");
    QVERIFY(!page->file().isModified());
    QCOMPARE(edit("arg:VERSION")->text(), QStringLiteral("3"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("resetOptions")), Qt::LeftButton);
    QVERIFY(f->window->controller().close(page));
    page = f->window->controller().openFile(path);
    QCOMPARE(optionsInForce(page->session().options()), 0);
}

void BuildOptionsTest::followsTheActiveDocument()
{
    type(edit("arg:VERSION"), "4");
    DocumentPage *other
        = f->window->controller().openFile(f->write(QStringLiteral("other.Dockerfile"), "ARG ELSE=1\nFROM scratch\n"));
    QVERIFY(other);
    QVERIFY(edit("arg:ELSE") && edit("arg:ELSE")->text().isEmpty());
    f->window->documents().activate(page);
    QCOMPARE(edit("arg:VERSION")->text(), QStringLiteral("4"));
    QVERIFY(f->window->controller().closeAll());
    QVERIFY(!dialog->isEnabled());
}

void BuildOptionsTest::typingInTheTextKeepsTheRows()
{
    QLineEdit *version = edit("arg:VERSION");
    version->setFocus();
    EditTransaction change;
    change.replace(TextRange::at(0), "# a comment\n");
    page->session().push(std::move(change), Origin::Text);
    QCOMPARE(edit("arg:VERSION"), version); // focus and cursor stay
    EditTransaction more;
    more.replace(TextRange::at(page->session().snapshot()->text().size()), "ARG NEW=x\n");
    page->session().push(std::move(more), Origin::Text);
    QCOMPARE(edit("arg:NEW")->placeholderText(), QStringLiteral("x"));
}

QTEST_MAIN(BuildOptionsTest)
#include "tst_buildoptions.moc"
