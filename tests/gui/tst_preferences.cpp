// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Preferences, project files, catalogues and ignored findings in the real window: what is chosen or written counts at
// once, and what is wrong is said.
#include "WindowFixture.h"

#include "Preferences.h"
#include "PreferencesDialog.h"
#include "RulesModel.h"
#include "graph/GraphView.h"
#include "panels/DiagnosticsModel.h"
#include "panels/FixPopup.h"
#include "panels/PaletteItem.h"
#include "panels/PalettePanel.h"
#include "panels/ProblemsPanel.h"
#include "session/ConfigurationWatch.h"
#include "text/CodeEdit.h"
#include "text/FactsTip.h"
#include "text/TextPane.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QTextBrowser>
#include <QTreeView>
#include <QUndoStack>

#include <algorithm>

using namespace stagewright;
using namespace Qt::StringLiterals;

namespace {

constexpr char shellLess[] = "FROM gcr.io/distroless/nodejs24-debian13:nonroot\n"
                             "RUN make\n";

} // namespace

class PreferencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QDir(f->folder.path()).mkpath(u"repo/.git"_s));
        path = f->write(u"repo/Dockerfile"_s, shellLess);
        page = f->window->controller().openFile(path);
        QVERIFY(page);
    }
    void cleanup()
    {
        QTest::qWait(0);
        f.reset();
    }

    void theModel();
    void levelsCountAtOnceAndStay();
    void theProjectWins();
    void aProjectFileIsNoticed();
    void mistakesAreSaid();
    void aRuleIsTurnedOffInTheProject();
    void aBrokenProjectFileIsNotTouched();
    void aFindingIsIgnoredFromTheList();
    void theLastFixIgnores();
    void ownCatalogue();
    void thePaletteTellsWhatIsKnown();
    void textSize();
    void sizeOfAFittedGraph();
    void theCataloguePage();
    void theListOfRules();
    void appearanceAndMenuAgree();
    void unsavedDocumentsHaveNoProject();

private:
    [[nodiscard]] QString project() const { return f->folder.filePath(u"repo/.stagewright.json"_s); }
    [[nodiscard]] QByteArray found() const
    {
        QByteArrayList ids;
        for (const Diagnostic &d : f->page()->session().diagnostics())
            ids << QByteArray::fromStdString(std::string(d.ruleId) + " " + std::string(severityName(d.severity)));
        return ids.join(", ");
    }
    PreferencesDialog *open()
    {
        f->window->actions().preferences->trigger();
        auto *dialog = f->window->findChild<PreferencesDialog *>();
        if (!dialog || !dialog->isVisible())
            qFatal("the dialog does not open");
        return dialog;
    }
    static QModelIndex levelOf(RulesModel &model, std::string_view id)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, RulesModel::LevelColumn);
            if (index.siblingAtColumn(RulesModel::RuleColumn).data().toString().toStdString() == id)
                return index;
        }
        return {};
    }
    /// The menu over a finding of the list.
    QMenu *menuOf(std::string_view rule)
    {
        ProblemsPanel &problems = f->window->panels().problems();
        QTreeView &view = problems.view();
        for (int row = 0; row < view.model()->rowCount(); ++row) {
            const QModelIndex index = view.model()->index(row, DiagnosticsModel::RuleColumn);
            if (index.data().toString().toStdString() != rule)
                continue;
            view.setCurrentIndex(index);
            Q_EMIT view.customContextMenuRequested(view.visualRect(index).center());
            const auto menus = problems.findChildren<QMenu *>();
            return menus.isEmpty() ? nullptr : menus.last();
        }
        return nullptr;
    }
    static QAction *action(QMenu *menu, const char *name)
    {
        return menu ? menu->findChild<QAction *>(QString::fromLatin1(name)) : nullptr;
    }

    std::unique_ptr<WindowFixture> f;
    QString path;
    DocumentPage *page = nullptr;
};

void PreferencesTest::theModel()
{
    Settings settings(f->folder.filePath(u"other/settings.ini"_s));
    Preferences preferences(settings, f->linter);
    RulesModel model(preferences);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QModelIndex level = levelOf(model, "SW001");
    QVERIFY(level.isValid() && !levelOf(model, "BuildError").isValid());
    QCOMPARE(level.data().toString(), u"Error"_s);
    QVERIFY(model.setData(level, int(RuleLevel::Info), RulesModel::ChosenRole));
    QCOMPARE(level.data().toString(), u"Note"_s);
    QCOMPARE(preferences.levels(), (RuleLevelMap{{"SW001", RuleLevel::Info}}));
    QCOMPARE(preferences.linter().config().levels, preferences.levels());
    QVERIFY(!model.setData(level, 99, RulesModel::ChosenRole));
    QVERIFY(!model.setData(level.siblingAtColumn(0), 0, RulesModel::ChosenRole));
    model.setProject({{"SW001", RuleLevel::Off}}, u"the file"_s);
    QCOMPARE(level.data().toString(), u"Off (project)"_s);
    QVERIFY(!level.flags().testFlag(Qt::ItemIsEditable));
    QVERIFY(level.data(Qt::ToolTipRole).toString().contains(u"the file"_s));
    model.setProject({}, {});
    QVERIFY(model.setData(level, -1, RulesModel::ChosenRole));
    QVERIFY(preferences.levels().empty());
}

void PreferencesTest::levelsCountAtOnceAndStay()
{
    QCOMPARE(found(), "SW001 error");
    PreferencesDialog *dialog = open();
    auto *model = dialog->findChild<RulesModel *>();
    QVERIFY(model->setData(levelOf(*model, "SW001"), int(RuleLevel::Warning), RulesModel::ChosenRole));
    QCOMPARE(found(), "SW001 warning");
    QVERIFY(model->setData(levelOf(*model, "SW001"), int(RuleLevel::Off), RulesModel::ChosenRole));
    QCOMPARE(found(), "");
    // The next window knows.
    f->window.reset();
    f->makeWindow();
    page = f->window->controller().openFile(path);
    QCOMPARE(found(), "");
    dialog = open();
    auto *reset = dialog->findChild<QPushButton *>(u"resetRules"_s);
    QVERIFY(reset->isEnabled());
    reset->click();
    QVERIFY(!reset->isEnabled());
    QCOMPARE(found(), "SW001 error");
    QVERIFY(f->settings.ruleLevels().empty());
}

void PreferencesTest::theProjectWins()
{
    f->write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "info"}})");
    PreferencesDialog *dialog = open();
    auto *model = dialog->findChild<RulesModel *>();
    QVERIFY(model->setData(levelOf(*model, "SW001"), int(RuleLevel::Off), RulesModel::ChosenRole));
    QTRY_COMPARE(found(), "SW001 info");
    QTRY_COMPARE(levelOf(*model, "SW001").data().toString(), u"Note (project)"_s);
    QVERIFY(dialog->findChild<QLabel *>(u"ruleProject"_s)->text().contains(u".stagewright.json decides 1 rule"_s));
    // A document elsewhere has the preferences.
    const QString other = f->write(u"Dockerfile"_s, shellLess);
    QVERIFY(f->window->controller().openFile(other));
    QCOMPARE(found(), "");
    QCOMPARE(levelOf(*model, "SW001").data().toString(), u"Off"_s);
}

void PreferencesTest::aProjectFileIsNoticed()
{
    f->write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    QTRY_COMPARE(found(), "");
    f->write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "warning"}})");
    QTRY_COMPARE(found(), "SW001 warning");
    // As programs save that replace files.
    f->write(u"repo/new.json"_s, R"({"rules": {"SW001": "info"}})");
    QVERIFY(QFile::remove(project()) && QFile::rename(f->folder.filePath(u"repo/new.json"_s), project()));
    QTRY_COMPARE(found(), "SW001 info");
    QVERIFY(QFile::remove(project()));
    QTRY_COMPARE(found(), "SW001 error");
    QVERIFY(!page->session().undoStack()->canUndo());
    QVERIFY(!page->file().isModified());
}

void PreferencesTest::mistakesAreSaid()
{
    f->write(u"repo/.stagewright.json"_s,
             "{\n  \"rules\": {\"SW01\": \"off\", \"SW001\": \"info\"},\n  \"failOn\": 3\n}");
    page->configuration().check();
    QCOMPARE(found(), "SW001 info, Configuration warning, Configuration warning");
    MessageBar *bar = page->bars().bar(MessageBars::Subject::Configuration);
    QVERIFY(bar && bar->text().contains(u".stagewright.json:2:13: there is no rule \"SW01\""_s));
    QVERIFY(bar->text().contains(u"and 1 more"_s));
    const auto buttons = bar->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), qsizetype(1));
    buttons.first()->click();
    QCOMPARE(f->prompts.openedInEditor, QStringList{project()});
    // The entries of the list can be chosen like all others.
    QTreeView &view = f->window->panels().problems().view();
    QCOMPARE(view.model()->rowCount(), 3);
    for (int row = 0; row < 3; ++row)
        view.setCurrentIndex(view.model()->index(row, 0));
    QMenu *menu = menuOf("Configuration");
    QVERIFY(menu && !action(menu, "ignoreHere")->isEnabled() && !action(menu, "offInProject")->isEnabled());
    menu->close();
    f->write(u"repo/.stagewright.json"_s, "{}");
    QTRY_COMPARE(found(), "SW001 error");
    QVERIFY(!page->bars().bar(MessageBars::Subject::Configuration));
}

void PreferencesTest::aRuleIsTurnedOffInTheProject()
{
    QMenu *menu = menuOf("SW001");
    QVERIFY(menu);
    action(menu, "offInProject")->trigger();
    QCOMPARE(found(), "");
    QCOMPARE(WindowFixture::read(project()), QByteArray("{\n    \"rules\": {\n        \"SW001\": \"off\"\n    }\n}\n"));
    MessageBar *bar = page->bars().bar(MessageBars::Subject::Edit);
    QVERIFY(bar && bar->text().contains(u"SW001 is off"_s));
    menu = menuOf("SW001");
    QVERIFY(!menu || !menu->isVisible());
}

void PreferencesTest::aBrokenProjectFileIsNotTouched()
{
    f->write(u"repo/.stagewright.json"_s, "{\"rules\": {");
    page->configuration().check();
    action(menuOf("SW001"), "offInProject")->trigger();
    QCOMPARE(WindowFixture::read(project()), QByteArray("{\"rules\": {"));
    MessageBar *bar = page->bars().bar(MessageBars::Subject::Edit);
    QVERIFY(bar && bar->level() == MessageBar::Level::Error);
    QVERIFY(found().startsWith("SW001 error"));
}

void PreferencesTest::aFindingIsIgnoredFromTheList()
{
    action(menuOf("SW001"), "ignoreHere")->trigger();
    QCOMPARE(
        f->text(),
        QByteArray(
            "FROM gcr.io/distroless/nodejs24-debian13:nonroot\n# stagewright ignore=SW001 TODO: say why\nRUN make\n"));
    QCOMPARE(found(), "SW091 info");
    // The reason is there to be typed.
    CodeEdit &edit = f->window->panels().text()->editor();
    QCOMPARE(edit.textCursor().selectedText(), u"TODO: say why"_s);
    QTest::keyClicks(&edit, u"the runner has one"_s);
    QCOMPARE(f->text(),
             QByteArray("FROM gcr.io/distroless/nodejs24-debian13:nonroot\n# stagewright ignore=SW001 the runner has "
                        "one\nRUN make\n"));
    QCOMPARE(found(), "");
    while (page->session().undoStack()->canUndo())
        page->session().undoStack()->undo();
    QCOMPARE(f->text(), QByteArray(shellLess));
    QCOMPARE(found(), "SW001 error");
}

void PreferencesTest::theLastFixIgnores()
{
    const Diagnostic finding = page->session().diagnostics().front();
    const std::size_t real = page->session().fixesFor(finding).size();
    FixPopup *popup = FixPopup::open(page->session(), f->theme, finding, QRect(100, 100, 10, 10), f->window.get());
    QVERIFY(popup);
    QCOMPARE(popup->fixes().size(), real + 1);
    QCOMPARE(QString::fromStdString(popup->fixes().back().title), u"Ignore this finding here"_s);
    popup->apply(int(real));
    QCOMPARE(found(), "SW091 info");
    page->session().undoStack()->undo();
    QCOMPARE(f->text(), QByteArray(shellLess));
}

void PreferencesTest::ownCatalogue()
{
    const QString other = f->write(u"repo/other.Dockerfile"_s, "FROM registry.example/run\nRUN make\n");
    page = f->window->controller().openFile(other);
    QCOMPARE(found(), "");
    const char *known
        = R"({"title": "t", "images": [{"match": ["registry.example/run"], "shell": null, "shellForm": false}]})";
    f->write(u"catalog.json"_s, known);
    QTRY_COMPARE(found(), "SW001 error");
    const auto facts = page->session().linter().catalog().lookup("registry.example/run");
    QVERIFY(imageTip(u"registry.example/run"_s, facts, f->theme).contains(u"From your catalogue."_s));
    // The project's lies over it.
    f->write(u"repo/images.json"_s,
             R"({"images": [{"match": ["registry.example/run"], "shell": "/bin/sh", "shellForm": true}]})");
    f->write(u"repo/.stagewright.json"_s, R"({"catalog": ["images.json"]})");
    QTRY_COMPARE(found(), "");
    const auto theirs = page->session().linter().catalog().lookup("registry.example/run");
    QVERIFY(imageTip(u"registry.example/run"_s, theirs, f->theme).contains(u"From the project's catalogue."_s));
    f->write(u"repo/images.json"_s, "{\"images\": [\n 3]}");
    QTRY_COMPARE(found(), "SW001 error, Configuration warning");
}

void PreferencesTest::thePaletteTellsWhatIsKnown()
{
    const auto facts = [&](const QString &reference) {
        const auto items = f->window->panels().palette().findChildren<PaletteItem *>();
        const auto found
            = std::ranges::find_if(items, [&](const PaletteItem *i) { return i->content().id == reference; });
        return found == items.end() ? u"not there"_s : (*found)->accessibleDescription();
    };
    const QString offered = f->window->panels().palette().findChildren<PaletteItem *>().first()->content().id;
    QVERIFY2(!facts(offered).contains(u"no shell"_s), qPrintable(facts(offered)));
    f->write(u"catalog.json"_s,
             R"({"images": [{"match": [")" + offered.section(u':', 0, 0).toUtf8()
                 + R"("], "shell": null, "shellForm": false, "libc": "musl"}]})");
    QTRY_VERIFY(facts(offered).contains(u"no shell · musl"_s));
    QFile::remove(f->folder.filePath(u"catalog.json"_s));
    QTRY_VERIFY(!facts(offered).contains(u"no shell"_s));
}

void PreferencesTest::textSize()
{
    CodeEdit &editor = f->window->panels().text()->editor();
    QCOMPARE(editor.fontSize(), 12.0);
    auto *choice = open()->findChild<QSpinBox *>(u"textSizeChoice"_s);
    choice->setValue(18);
    QCOMPARE(editor.fontSize(), 18.0);
    // By the keyboard in the text; in the graph the same keys zoom the graph
    const double zoom = f->page()->graph()->zoom();
    f->window->activateWindow();
    editor.setFocus();
    QTRY_VERIFY(editor.hasFocus());
    f->window->actions().zoomIn->trigger();
    QCOMPARE(editor.fontSize(), 19.0);
    QCOMPARE(choice->value(), 19);
    QCOMPARE(f->page()->graph()->zoom(), zoom);
    f->page()->graph()->setFocus();
    f->window->actions().zoomOut->trigger();
    QCOMPARE(editor.fontSize(), 19.0);
    QVERIFY(f->page()->graph()->zoom() < zoom);
    // The wheel changes the same; another document and another run have it too
    editor.setFontSize(16);
    QCOMPARE(choice->value(), 16);
    page = f->window->controller().openFile(f->write(u"repo/other.Dockerfile"_s, "FROM alpine\n"));
    QCOMPARE(f->window->panels().text()->editor().fontSize(), 16.0);
    QCOMPARE(Settings(f->folder.filePath(u"settings.ini"_s)).textSize(12), 16.0);
    f->makeWindow();
    page = f->window->controller().openFile(path);
    QCOMPARE(f->window->panels().text()->editor().fontSize(), 16.0);
    f->window->panels().focusText();
    QTRY_VERIFY(f->window->panels().textHasFocus());
    f->window->actions().zoomReset->trigger();
    QCOMPARE(f->window->panels().text()->editor().fontSize(), 12.0);
}

void PreferencesTest::sizeOfAFittedGraph()
{
    GraphView *graph = f->page()->graph();
    graph->fitAll();
    QCOMPARE(graph->zoom(), 1.0);
    auto *choice = open()->findChild<QComboBox *>(u"fittedZoomChoice"_s);
    choice->setCurrentIndex(choice->findData(125));
    Q_EMIT choice->activated(choice->currentIndex());
    QTRY_VERIFY(graph->zoom() > 1.05);
    QVERIFY(graph->zoom() <= 1.25);
    QCOMPARE(Settings(f->folder.filePath(u"settings.ini"_s)).fittedZoom(1), 1.25);
}

void PreferencesTest::theCataloguePage()
{
    PreferencesDialog *dialog = open();
    dialog->showPage(PreferencesDialog::Page::Catalogue);
    const auto state = [&] { return dialog->findChild<QLabel *>(u"catalogState:Yours"_s)->text(); };
    const auto button = [&] { return dialog->findChild<QPushButton *>(u"catalogOpen:Yours"_s); };
    QCOMPARE(state(), u"not there"_s);
    QCOMPARE(button()->text(), u"Create"_s);
    button()->click();
    const QString file = f->folder.filePath(u"catalog.json"_s);
    QVERIFY(QFile::exists(file));
    QCOMPARE(f->prompts.openedInEditor, QStringList{file});
    QTRY_COMPARE(state(), u"1 entry"_s);
    QCOMPARE(button()->text(), u"Open"_s);
    f->write(u"catalog.json"_s, "{\"images\": [{\"match\": [\"a\"]},\n {\"match\": 3}]}");
    const auto said = [&] {
        const auto labels = dialog->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(u"Line 2, column 12: /images/1/match"_s);
        });
    };
    QTRY_VERIFY(said());
    QCOMPARE(state(), u"1 entry"_s);
}

void PreferencesTest::theListOfRules()
{
    PreferencesDialog *dialog = open();
    auto *view = dialog->findChild<QTreeView *>(u"rules"_s);
    auto *search = dialog->findChild<QLineEdit *>(u"ruleSearch"_s);
    auto *text = dialog->findChild<QTextBrowser *>(u"rulePage"_s);
    const int all = view->model()->rowCount();
    QVERIFY(all > 40);
    search->setText(u"sw041"_s);
    QCOMPARE(view->model()->rowCount(), 1);
    QTRY_VERIFY(text->toPlainText().startsWith(u"SW041"_s));
    search->setText(u"nothing has this"_s);
    QCOMPARE(view->model()->rowCount(), 0);
    dialog->showRule("SW001");
    QCOMPARE(view->model()->rowCount(), all);
    QVERIFY(text->toPlainText().startsWith(u"SW001"_s));
    // With the keyboard: Enter opens the box, and choosing from it counts.
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Return);
    auto *box = view->findChild<QComboBox *>();
    QVERIFY(box);
    QCOMPARE(box->itemText(0), u"Default (Error)"_s);
    box->setCurrentIndex(box->findData(int(RuleLevel::Off)));
    Q_EMIT box->activated(box->currentIndex());
    QCOMPARE(found(), "");
    // The menu of the list leads here.
    dialog->close();
    dialog->findChild<QPushButton *>(u"resetRules"_s)->click();
    action(menuOf("SW001"), "rulePreferences")->trigger();
    QVERIFY(dialog->isVisible());
    QCOMPARE(view->currentIndex().siblingAtColumn(0).data().toString(), u"SW001"_s);
}

void PreferencesTest::appearanceAndMenuAgree()
{
    PreferencesDialog *dialog = open();
    dialog->showPage(PreferencesDialog::Page::Appearance);
    auto *theme = dialog->findChild<QComboBox *>(u"themeChoice"_s);
    auto *motion = dialog->findChild<QCheckBox *>(u"reduceMotionChoice"_s);
    QCOMPARE(theme->currentIndex(), 1);
    theme->setCurrentIndex(2);
    QVERIFY(f->theme.isDark() && f->window->actions().themeDark->isChecked());
    QCOMPARE(f->settings.themeMode(), ThemeMode::Dark);
    f->window->actions().themeLight->trigger();
    QCOMPARE(theme->currentIndex(), 1);
    const bool was = motion->isChecked();
    f->window->actions().reduceMotion->trigger();
    QCOMPARE(motion->isChecked(), !was);
    motion->click();
    QCOMPARE(f->window->actions().reduceMotion->isChecked(), was);
}

void PreferencesTest::unsavedDocumentsHaveNoProject()
{
    f->write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    page = f->window->controller().newDocument();
    page->session().replaceAll(SourceText::fromBytes(shellLess).value(), u"type"_s);
    QCOMPARE(found(), "SW001 error");
    QVERIFY(!action(menuOf("SW001"), "offInProject")->isEnabled());
    // Saved into the project it has one.
    f->prompts.saves.push_back(f->folder.filePath(u"repo/new.Dockerfile"_s));
    QVERIFY(f->window->controller().saveAs(page));
    QCOMPARE(found(), "");
}

QTEST_MAIN(PreferencesTest)
#include "tst_preferences.moc"
