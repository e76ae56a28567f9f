"""The function words of five languages, which say nothing about the subject of a document."""

from __future__ import annotations

_WORDS = {
    "en": """
        about above after again against all almost also although always among an and another any
        are around as asked at away back be became because been before being between both but by
        came can could day days did do does doing done down during each either else even ever
        every few first for from further get give go going good got had has have having he her
        here hers herself him himself his how however i if in into is it its itself just know last
        later least less like long made make many may me might more most much must my myself near
        never new next no nor not now of off often on once one only or other others our ours out
        over own per put rather said same saw say says second see seem seen several shall she
        should since so some still such take than that the their theirs them themselves then there
        these they thing things third this those though three through thus time to today together
        told too took toward two under until up upon us use used very want was way we week well
        went were what when where whether which while who whom whose why will with within without
        would year years yes yet you your yours
        """,
    "es": """
        además ahora al algo alguna algunas alguno algunos algún ante antes aquel aquella aquello
        aquellos aquí así aunque aún bajo bien cada casi como con contra cual cuales cualquier
        cuando cuanto de del desde dice dijo donde dos durante día días e el ella ellas ellos en
        entonces entre era eran es esa esas ese eso esos esta estaba estar estas este esto estos
        está están fue fueron ha haber había hace hacer hacia han hasta hay hoy la las le les lo
        los luego me mejor menos mi mientras mis mismo mucho muchos muy más nada ni no nos
        nosotros nuestra nuestro nunca o otra otras otro otros para parte pero poco por porque
        primer primera puede pueden pues que quien quienes qué se sea según ser será si sido
        siempre sin sino sobre son su sus sí también tan tanto te tenía tiempo tiene tienen toda
        todas todavía todo todos tras tres tu un una unas uno unos usted va veces vez y ya yo él
        """,
    "fr": """
        afin ai ainsi alors ans après assez au aucun aucune aujourd'hui aura aussi autre autres
        aux avait avant avec avoir beaucoup bien c'est car ce ceci cela celle celles celui
        cependant ces cet cette ceux chaque chez comme comment contre dans de depuis dernier des
        deux devant doit donc dont du dès déjà elle elles en encore enfin entre environ est et eu
        eux faire fait fois font hier hors ici il ils je jour jours jusque la laquelle le lequel
        les leur leurs lors lorsque lui là ma mais mal me mes moi moins mon même mêmes ne ni non
        nos notre nous on ont ou où par parce parmi pas pendant peu peut plus plusieurs pour
        pourquoi près puis quand que quel quelle quelles quelques qui quoi sa sans se selon sera
        ses si sien soit son sont sous sur ta tandis tant te tel telle tes toi ton toujours tous
        tout toute toutes trois trop tu un une vers voici voilà vos votre vous à ça étaient était
        été être
        """,
    "de": """
        ab aber alle allem allen aller alles als also am an andere anderen anderer anders auch auf
        aus bei beim bereits bis bisher da dabei dadurch dafür dagegen daher damit danach dann
        daran darauf daraus darf darin darüber das dass davon dazu dein dem den denen denn dennoch
        der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort drei du
        durch ein eine einem einen einer eines einige einigen er erst erste ersten es etwa etwas
        euch für gab gegen geht gewesen gibt habe haben hat hatte hatten heute hier hinter ich ihm
        ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jahr jahre jahren jede
        jedem jeden jeder jedes jedoch jener jetzt kann kein keine keinen konnte können machen man
        mehr mein meine mich mir mit muss müssen nach nachdem neben nicht nichts noch nun nur ob
        oder ohne sagt sagte sehr sei seien sein seine seinem seinen seiner seit selbst sich sie
        sind so sogar soll sollen sollte sondern sonst um und uns unser unter viel viele vom von
        vor war waren warum was weil weiter welche welcher wenn wer werden wie wieder will wir
        wird wo wohl wurde wurden während zu zum zur zwar zwei zwischen über
        """,
    "pt": """
        agora ainda algo algum alguma algumas alguns ali além ante antes ao aos apenas após aquela
        aquele aqueles aqui as assim até bem cada com como contra contudo da das de dela dele
        deles depois desde dessa desse desta deste dia dias disse do dois dos durante e ela elas
        ele eles em enquanto entre era eram essa essas esse esses estar estas este estes está
        estão eu fazer foi foram há isso isto já lhe lhes lá mais mas me mesmo meu minha muito
        muitos na nada nas nem nenhum no nos nossa nosso num numa nunca não nós o onde os ou outra
        outras outro outros para pela pelas pelo pelos pode podem por porque porém pouco primeira
        primeiro quais qual qualquer quando quanto que quem se seja sem sempre sendo ser será seu
        seus si sido sob sobre sua suas também te tem tempo ter teve tinha toda todas todo todos
        três tão têm um uma umas uns vez vezes você à às é
        """,
}

_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ALL = frozenset().union(*_SETS.values())


def stopwords(language: str | None) -> frozenset[str]:
    """Return the function words of the language of a BCP 47 tag; those of all five if None.

    Empty for a language without a table: there only the limit on common terms excludes them.
    """
    return _SETS.get(language.split("-", maxsplit=1)[0], frozenset()) if language else _ALL
