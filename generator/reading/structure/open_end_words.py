"""Words that end no sentence: articles, prepositions, conjunctions in five languages."""

from __future__ import annotations

CONNECTORS = frozenset(
    # English, Spanish, French, German, Portuguese: no sentence ends with one of these words.
    "and or but of the a an to in on at for with by from as that which who whose is are was were be"
    " been has have had will would can could not than its his her their this these those into over"
    " under between about against during after before while because if also more most such both"
    " either other some any no"
    " y o de del la el los las un una en con por para que se su al como entre sobre"
    " et ou du des le les une dans avec pour sur qui ce cette aux par"
    " und oder der die das den dem ein eine von mit für auf im zu bei als dass nicht"
    " e do da dos das os as um uma em com não ao".split()
)
