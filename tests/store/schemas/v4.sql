BEGIN TRANSACTION;
CREATE TABLE counters (
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('outbox',79);
CREATE TABLE followers (
	about INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	PRIMARY KEY (about, person)
)
 WITHOUT ROWID

;
INSERT INTO "followers" VALUES(2,710002002);
INSERT INTO "followers" VALUES(2,710002003);
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	source TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	lane TEXT NOT NULL, 
	gather TEXT, 
	body TEXT NOT NULL, 
	received FLOAT NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT inbox_once UNIQUE (source, "key")
);
INSERT INTO "inbox" VALUES(1,'telegram','100001','2001',NULL,'',1.79575495034875655172e+09,'done',0,'');
INSERT INTO "inbox" VALUES(2,'telegram','100002','2002',NULL,'',1.79575495034875655172e+09,'done',0,'');
INSERT INTO "inbox" VALUES(3,'telegram','100003','2003',NULL,'',1.79575495034875655172e+09,'done',0,'');
CREATE TABLE initiatives (
	number INTEGER NOT NULL, 
	owner INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	closed BOOLEAN NOT NULL, 
	responsible TEXT NOT NULL, 
	helpers TEXT DEFAULT '' NOT NULL, 
	due FLOAT NOT NULL, 
	public BOOLEAN NOT NULL, 
	body TEXT NOT NULL, shown BIGINT, 
	PRIMARY KEY (number)
);
INSERT INTO "initiatives" VALUES(1,710002000,'developing',0,'mette','',1794841200.0,0,'{"number":1,"owner":710002000,"owner_name":"Aase","lang":"da","title":"Gøre noget ved alle de cykler ved ordrup st de ligger og…","words":[{"text":"kunne man ikke gøre noget ved alle de cykler ved ordrup st de ligger og flyder man kan ikke komme forbi med rollator","message_id":26,"at":"2026-11-02T09:00:10.146190+01:00","answers":"","struck":false}],"topics":[{"topic":"trafik","score":82.0,"because":["cykler ≈ cykel","alle de cykler","st"]},{"topic":"senior","score":63.0,"because":["rollator"]},{"topic":"handicap","score":43.2,"because":["med rollator"]},{"topic":"tryghed","score":40.6,"because":["st"]},{"topic":"byrum","score":39.1,"because":["st"]}],"stage":"developing","responsible":"mette","responsible_name":"Mette Holm","responsible_title":"sparringsagent for trafik og byrum","step":{"who":"Mette Holm","due":"2026-11-16T16:00:00+01:00","turn":"citizen","what":"","key":"step.your_answer","own_part":""},"sent":"2026-11-02T09:00:10.381098+01:00","first_due":"2026-11-04T16:00:00+01:00","touched":"2026-11-02T09:00:10.780440+01:00","desks":[{"chat":-1000000002001,"topic":true}],"kind":"idea","media":[],"place":null,"taken":"2026-11-02T09:00:10.671691+01:00","answered":"2026-11-02T09:00:10.780440+01:00","helpers":[],"proposed_title":"","public":false,"public_words":"","paused":false,"ending":null,"rules_hash":"55199e32fec54c5d","extra":{"sent_to":"Mette Holm","sent_as":"trafik","answered_by":"-1000000002001:7","turned":"2026-11-02T09:00:10.780440+01:00","turned_by":"-1000000002001:7","turned_from":"2026-11-04T16:00:00+01:00"}}',NULL);
INSERT INTO "initiatives" VALUES(2,710002001,'developing',0,'mette','',1794495600.0,1,'{"number":2,"owner":710002001,"owner_name":"Karim","lang":"da","title":"Flere cykelstativer ved ordrup station","words":[{"text":"flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder","message_id":35,"at":"2026-11-02T09:00:10.898836+01:00","answers":"","struck":false}],"topics":[{"topic":"trafik","score":84.1,"because":["cykelstativer ≈ cykelstativ","cyklerne ≈ cykel","station"]},{"topic":"byrum","score":38.3,"because":["station"]},{"topic":"tryghed","score":38.2,"because":["station"]}],"stage":"developing","responsible":"mette","responsible_name":"Mette Holm","responsible_title":"sparringsagent for trafik og byrum","step":{"who":"Mette Holm","due":"2026-11-12T16:00:00+01:00","turn":"agent","what":"måler pladsen op","key":"","own_part":"måler også"},"sent":"2026-11-02T09:00:11.009150+01:00","first_due":"2026-11-04T16:00:00+01:00","touched":"2026-11-02T09:00:11.569603+01:00","desks":[{"chat":-1000000002001,"topic":true}],"kind":"idea","media":[],"place":null,"taken":"2026-11-02T09:00:11.070129+01:00","answered":"2026-11-02T09:00:11.584267+01:00","helpers":[],"proposed_title":"","public":true,"public_words":"flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder","paused":false,"ending":null,"rules_hash":"55199e32fec54c5d","extra":{"sent_to":"Mette Holm","sent_as":"trafik","form":"{\"kind\": \"step\", \"filled\": {\"what\": \"måler pladsen op\", \"who\": \"Mette Holm\", \"when\": \"2026-11-12T16:00:00+01:00\", \"own\": \"måler også\"}, \"message\": 15}","answered_by":"-1000000002001:15"}}',NULL);
CREATE TABLE ledger (
	number INTEGER NOT NULL, 
	sent FLOAT NOT NULL, 
	first_due FLOAT NOT NULL, 
	answered FLOAT, 
	stage TEXT NOT NULL, 
	turn TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	public BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "ledger" VALUES(1,1.793606410381098032e+09,1793804400.0,1793606410.78044,'developing','citizen','trafik',0,2034523886);
INSERT INTO "ledger" VALUES(2,1793606411.00915,1793804400.0,1.793606411584266901e+09,'developing','agent','trafik',1,3746909143);
CREATE TABLE messages (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	about INTEGER NOT NULL, 
	origin_chat INTEGER NOT NULL, 
	origin_message INTEGER NOT NULL, 
	"by" INTEGER NOT NULL, 
	detail TEXT NOT NULL, 
	at FLOAT NOT NULL
);
INSERT INTO "messages" VALUES(1,2101,21,'notice',0,0,0,0,'',1.79360640997565293315e+09);
INSERT INTO "messages" VALUES(2,2102,22,'notice',0,0,0,0,'',1.79360640997960805887e+09);
INSERT INTO "messages" VALUES(3,710002000,28,'summary',0,0,0,0,'1',1.79360641033144092553e+09);
INSERT INTO "messages" VALUES(4,710002000,29,'receipt',1,0,0,0,'',1.79360641044448590282e+09);
INSERT INTO "messages" VALUES(5,-1000000002001,3,'card',1,0,0,0,'',1.79360641049732398989e+09);
INSERT INTO "messages" VALUES(6,-1000000002001,5,'taken',1,0,0,0,'',1.79360641071174097059e+09);
INSERT INTO "messages" VALUES(7,710002000,30,'taken',1,0,0,0,'',1.7936064107172129154e+09);
INSERT INTO "messages" VALUES(8,-1000000002001,6,'prompt',1,0,0,2001,'reply',1793606410.76743);
INSERT INTO "messages" VALUES(9,710002000,31,'reply',1,-1000000002001,7,2001,'',1.79360641077910804748e+09);
INSERT INTO "messages" VALUES(10,-1000000002001,8,'sent',1,-1000000002001,7,0,'',1.79360641079749894141e+09);
INSERT INTO "messages" VALUES(11,710002001,37,'summary',0,0,0,0,'1',1.79360641095991206169e+09);
INSERT INTO "messages" VALUES(12,710002001,38,'receipt',2,0,0,0,'',1.79360641101904106134e+09);
INSERT INTO "messages" VALUES(13,-1000000002001,10,'card',2,0,0,0,'',1793606411.02319);
INSERT INTO "messages" VALUES(14,-1000000002001,12,'taken',2,0,0,0,'',1.79360641108026099208e+09);
INSERT INTO "messages" VALUES(15,710002001,39,'taken',2,0,0,0,'',1.79360641108418297764e+09);
INSERT INTO "messages" VALUES(16,-1000000002001,13,'menu',2,0,0,0,'',1.79360641142843794818e+09);
INSERT INTO "messages" VALUES(17,-1000000002001,14,'prompt',2,0,0,2001,'form:step',1.79360641148083710663e+09);
INSERT INTO "messages" VALUES(18,-1000000002001,16,'preview',2,0,0,0,'',1.79360641152938699721e+09);
INSERT INTO "messages" VALUES(19,710002001,50,'step',2,-1000000002001,15,2001,'step',1.7936064115816159249e+09);
INSERT INTO "messages" VALUES(20,-1000000002001,17,'sent',2,-1000000002001,15,0,'',1.79360641160479307174e+09);
INSERT INTO "messages" VALUES(21,710002004,58,'summary',0,0,0,0,'1',1.79360641173057103157e+09);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	sort INTEGER NOT NULL, 
	lane TEXT NOT NULL, 
	method TEXT NOT NULL, 
	params TEXT NOT NULL, 
	tag TEXT, 
	tell BOOLEAN DEFAULT 0 NOT NULL, 
	state TEXT NOT NULL, 
	hold FLOAT, 
	due FLOAT NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	created FLOAT NOT NULL, cause BIGINT NOT NULL DEFAULT 0, 
	PRIMARY KEY (id)
);
INSERT INTO "outbox" VALUES(1,1,'2001','sendMessage','{}',NULL,0,'sent',NULL,1.79575495040964627268e+09,0,'',1.79575495040964627268e+09,0);
INSERT INTO "outbox" VALUES(2,2,'2002','sendMessage','{}',NULL,0,'sent',NULL,1.79575495040964627268e+09,0,'',1.79575495040964627268e+09,0);
INSERT INTO "outbox" VALUES(3,3,'2003','sendMessage','{}',NULL,0,'sent',NULL,1.79575495040964627268e+09,0,'',1.79575495040964627268e+09,0);
INSERT INTO "outbox" VALUES(900001,900001,'2001','sendMessage','{"chat_id":710002000,"text":"waits"}',NULL,0,'due',NULL,0.0,0,'',0.0,0);
CREATE TABLE partners (
	about INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	PRIMARY KEY (about, person)
)
 WITHOUT ROWID

;
CREATE TABLE people (
	id INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(2001,'{"id":2001,"name":"Mette","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2002,'{"id":2002,"name":"Bo","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2003,'{"id":2003,"name":"Signe","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2004,'{"id":2004,"name":"Farid","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2005,'{"id":2005,"name":"Lone","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2006,'{"id":2006,"name":"Peter","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2007,'{"id":2007,"name":"Karen","lang":"da","reachable":true,"noticed":false}');
INSERT INTO "people" VALUES(2101,'{"id":2101,"name":"Ulla","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(2102,'{"id":2102,"name":"Tom","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002000,'{"id":710002000,"name":"Aase","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002001,'{"id":710002001,"name":"Karim","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002002,'{"id":710002002,"name":"Nabo","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002003,'{"id":710002003,"name":"Nabo","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002004,'{"id":710002004,"name":"Jonas","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002005,'{"id":710002005,"name":"Karim","lang":"da","reachable":true,"noticed":true}');
INSERT INTO "people" VALUES(710002006,'{"id":710002006,"name":"Kirsten","lang":"da","reachable":false,"noticed":true}');
CREATE TABLE rules_drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	owner INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	based_on INTEGER NOT NULL, 
	at FLOAT NOT NULL
);
CREATE TABLE rules_versions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	hash TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	who TEXT NOT NULL, 
	based_on INTEGER DEFAULT '0' NOT NULL
);
INSERT INTO "rules_versions" VALUES(1,'55199e32fec54c5d','# rules',1.79360640979817390441e+09,'',0);
CREATE TABLE schema_version (
	version INTEGER NOT NULL
);
INSERT INTO "schema_version" VALUES(4);
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('rules_file','{"digest":"55199e32fec54c5d","state":"good"}');
INSERT INTO "settings" VALUES('last_alive','1795754953.666838');
INSERT INTO "settings" VALUES('proposals_week','"2026-11-02"');
CREATE TABLE talks (
	"key" TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "talks" VALUES('2101',2101,'{"lang":"da","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":"2026-11-02T09:00:09.864148+01:00","last":"2026-11-02T09:00:09.864148+01:00"}');
INSERT INTO "talks" VALUES('2102',2102,'{"lang":"da","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":"2026-11-02T09:00:09.864148+01:00","last":"2026-11-02T09:00:09.864148+01:00"}');
INSERT INTO "talks" VALUES('710002000',710002000,'{"lang":"da","draft":null,"dropped":null,"focus":1,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":null,"last":"2026-11-02T09:00:10.381098+01:00"}');
INSERT INTO "talks" VALUES('710002001',710002001,'{"lang":"da","draft":null,"dropped":null,"focus":2,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":null,"last":"2026-11-02T09:00:11.125734+01:00"}');
INSERT INTO "talks" VALUES('710002002',710002002,'{"lang":"da","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":null,"last":"2026-11-02T09:00:11.309980+01:00"}');
INSERT INTO "talks" VALUES('710002003',710002003,'{"lang":"da","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":null,"last":"2026-11-02T09:00:11.356272+01:00"}');
INSERT INTO "talks" VALUES('-1000000002001:2001',2001,'{"lang":"","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":null,"last":null}');
INSERT INTO "talks" VALUES('710002004',710002004,'{"lang":"da","draft":{"words":[{"text":"flere bænke på torvet, så ældre kan hvile sig","message_id":56,"at":"2026-11-02T09:00:11.696410+01:00","answers":"","struck":false}],"media":[],"place":null,"topics":[{"topic":"byrum","score":90.0,"because":["bænke ≈ bænk","torvet ≈ torv","hvile"]},{"topic":"senior","score":66.1,"because":["ældre"]},{"topic":"sundhed","score":54.4,"because":["hvile"]},{"topic":"frivillig","score":42.1,"because":["bænke ≈ bænk"]}],"sure":true,"agent":"mette","rules_hash":"55199e32fec54c5d","kind":"idea","asked":["hvem"],"open":"","version":1,"since":"2026-11-02T09:00:11.696410+01:00","touched":"2026-11-02T09:00:11.722027+01:00","reminded":false},"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":"2026-11-02T09:00:11.647063+01:00","last":"2026-11-02T09:00:11.696410+01:00"}');
INSERT INTO "talks" VALUES('710002005',710002005,'{"lang":"da","draft":{"words":[{"text":"et fælles drivhus ved biblioteket","message_id":62,"at":"2026-11-02T09:00:11.825932+01:00","answers":"","struck":false},{"text":"her","message_id":64,"at":"2026-11-02T09:00:13.072463+01:00","answers":"hvordan","struck":false}],"media":[{"kind":"photo","file_id":"AgACAgyMHzjfp2IF38VaTLgbrhJRUDPfldWO79","message_id":64,"file_name":"","size":74,"duration":0,"caption":""},{"kind":"photo","file_id":"AgACAg3PAevzlk2JqtLKTXzIHlcJ9lXn0KDJeU","message_id":65,"file_name":"","size":74,"duration":0,"caption":"her"}],"place":null,"topics":[{"topic":"kultur","score":63.1,"because":["biblioteket ≈ bibliotek"]},{"topic":"natur","score":54.5,"because":["drivhus"]},{"topic":"klima","score":22.5,"because":[]}],"sure":false,"agent":"farid","rules_hash":"55199e32fec54c5d","kind":"idea","asked":["hvordan","hvem"],"open":"hvem","version":0,"since":"2026-11-02T09:00:11.825932+01:00","touched":"2026-11-02T09:00:13.072463+01:00","reminded":false},"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":"2026-11-02T09:00:11.776000+01:00","last":"2026-11-02T09:00:13.072463+01:00"}');
INSERT INTO "talks" VALUES('710002006',710002006,'{"lang":"da","draft":null,"dropped":null,"focus":0,"carried":0,"asking":null,"form":null,"puzzled":0,"welcomed":"2026-11-02T09:00:13.085788+01:00","last":"2026-11-02T09:00:13.085788+01:00"}');
CREATE TABLE timeline (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	about INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	seen_by TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	data TEXT NOT NULL
);
INSERT INTO "timeline" VALUES(1,1,'sent','Aase','owner',1.793606410381098032e+09,'{"topics":["trafik 82","senior 63","handicap 43"]}');
INSERT INTO "timeline" VALUES(2,1,'taken','Mette Holm','owner',1.79360641067169094089e+09,'{}');
INSERT INTO "timeline" VALUES(3,1,'agent_said','Mette Holm','owner',1.7936064107746419907e+09,'{"text":"Hej Aase, tak for din idé","message":7,"media":0}');
INSERT INTO "timeline" VALUES(4,1,'promised','Mette Holm','owner',1793606410.78044,'{"due":{"$":"datetime","value":"2026-11-16T16:00:00+01:00"}}');
INSERT INTO "timeline" VALUES(5,2,'sent','Karim','owner',1793606411.00915,'{"topics":["trafik 84","byrum 38","tryghed 38"]}');
INSERT INTO "timeline" VALUES(6,2,'taken','Mette Holm','owner',1.79360641107012891773e+09,'{}');
INSERT INTO "timeline" VALUES(7,2,'public','Karim','owner',1.79360641124784088136e+09,'{}');
INSERT INTO "timeline" VALUES(8,2,'promised','Mette Holm','owner',1.79360641156960296631e+09,'{"due":{"$":"datetime","value":"2026-11-12T16:00:00+01:00"}}');
INSERT INTO "timeline" VALUES(9,2,'form_step','Mette Holm','public',1.79360641156960296631e+09,'{"what":"måler pladsen op","who":"Mette Holm","when":"2026-11-12T16:00:00+01:00","own":"måler også"}');
CREATE TABLE timers (
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	due FLOAT NOT NULL, 
	about INTEGER NOT NULL, 
	chat INTEGER NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "timers" VALUES('muster','muster',1793660400.0,0,0);
INSERT INTO "timers" VALUES('ask_again:1:20261116T1600','ask_again',1794841200.0,1,0);
INSERT INTO "timers" VALUES('promise_remind:2:20261112T1600','promise_remind',1794409200.0,2,0);
INSERT INTO "timers" VALUES('promise_due:2:20261112T1600','promise_due',1794495600.0,2,0);
INSERT INTO "timers" VALUES('draft_remind:710002004','draft_remind',1793869200.0,0,710002004);
INSERT INTO "timers" VALUES('draft_warn:710002004','draft_warn',1795856400.0,0,710002004);
INSERT INTO "timers" VALUES('draft_delete:710002004','draft_delete',1.79619841172202706334e+09,0,710002004);
INSERT INTO "timers" VALUES('draft_remind:710002005','draft_remind',1793869200.0,0,710002005);
INSERT INTO "timers" VALUES('draft_warn:710002005','draft_warn',1795856400.0,0,710002005);
INSERT INTO "timers" VALUES('draft_delete:710002005','draft_delete',1.79619841307246303559e+09,0,710002005);
CREATE TABLE topics (
	chat INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	thread INTEGER NOT NULL, 
	PRIMARY KEY (chat, about)
);
INSERT INTO "topics" VALUES(-1000000002001,1,2);
INSERT INTO "topics" VALUES(-1000000002001,2,9);
CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
CREATE INDEX inbox_new ON inbox (id) WHERE state = 'new';
CREATE INDEX inbox_done ON inbox (received) WHERE state = 'done';
CREATE INDEX outbox_gone ON outbox (created) WHERE state IN ('sent', 'dropped');
CREATE INDEX outbox_parked ON outbox (id) WHERE state = 'parked';
CREATE INDEX outbox_held ON outbox (hold) WHERE state = 'held';
CREATE INDEX outbox_lane ON outbox (lane) WHERE state IN ('due', 'held');
CREATE INDEX outbox_due ON outbox (sort, id DESC) WHERE state = 'due';
CREATE INDEX talks_person ON talks (person);
CREATE INDEX initiatives_owner ON initiatives (owner);
CREATE INDEX initiatives_public ON initiatives (number) WHERE public IS TRUE;
CREATE INDEX initiatives_open ON initiatives (due) WHERE closed IS FALSE;
CREATE INDEX initiatives_responsible ON initiatives (responsible) WHERE closed IS FALSE;
CREATE INDEX followers_person ON followers (person);
CREATE INDEX timeline_about ON timeline (about, id);
CREATE INDEX messages_place ON messages (chat, message_id);
CREATE INDEX messages_role ON messages (about, role, chat, id);
CREATE INDEX messages_origin ON messages (origin_chat, origin_message) WHERE origin_message <> 0;
CREATE INDEX topics_thread ON topics (chat, thread);
CREATE INDEX timers_due ON timers (due);
CREATE INDEX initiatives_shown ON initiatives (number, shown) WHERE public IS TRUE;
CREATE INDEX partners_person ON partners (person);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('rules_versions',1);
INSERT INTO "sqlite_sequence" VALUES('inbox',48);
INSERT INTO "sqlite_sequence" VALUES('messages',21);
INSERT INTO "sqlite_sequence" VALUES('timeline',9);
COMMIT;
