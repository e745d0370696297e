const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** English words that say nothing of what a conversation is about, by their stems where a rule finds those. */
export const STOP_WORDS = words(`
a an the this that these those there here it its i im ive id ill me my mine myself we were weve our ours us you your yours u
he him his she her they them their theirs who whom whose which what whats when where why how hows
am is are was be been being do does did done doing dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt
cant cannot can could may might must shall should will would have has had having havent hasnt hadnt
and or but nor so yet if then else than as at by for from in into of off on onto out over to toward towards under up upon with
within without via per about above across after again against along already also although always among any anybody anyone
anything anyway around away back because before behind below beneath beside besides between beyond both down during each
either else enough even ever every everybody everyone everything everywhere except few further hardly hence however indeed
instead just last later least less lets lot lots many maybe meanwhile more most much near nearly neither never next no nobody
none nor not nothing now nowhere often ok okay once one ones only other others otherwise own perhaps please pls plz quite
rather really right same several since some somebody someone something sometime sometimes somewhere somehow soon still such
sure thanks thank thx though through throughout thus till together too twice two three four five six seven eight nine ten
dozen hundred thousand million thirty forty fifty half unless until very well whatever whenever wherever whether while
whole yes yeah yep yo hey hi hello hallo howdy greetings good morning evening afternoon night dear hmm uh oh ah ha haha lol
wow god gosh damn btw imo imho fyi asap tbh idk etc eg ie vs versus re ps urgent
get got go goes going gone went come came make made take took taken give gave given let put want wanna need needs needed
like liked know knew known think thought see saw seen look looks looked say said tell told ask asked try tried tries use
used uses using seem seems keep keeps kept find found show shows shown work works worked working happen happens happened
help helps helped feel feels felt mean means meant guess suppose wonder wondering hope hoping believe assume suspect
appear appears become begin began start started end ended do add added adding create created creating implement implementing
write writing written wrote build built building develop set sets setting setup change changed fix fixed fixing solve resolve
figure understand check checked allow allows enable ensure handle handles provide provides contain contains include includes
support supports require requires run runs ran running call calls called bring brings leave left hold turn turned move moved
open opens opened close closed begin stay stop stopped stops restart restarted connect learn learning learned play played playing sit sits
able unable possible impossible available new old big small large little long short high low great nice better best bad worse
worst easy hard simple simplest simply difficult different similar various certain main whole full real true false own
current currently recent recently actual actually usual usually normal normally basically literally exactly probably
possibly likely obviously clearly apparently especially particularly generally mostly completely totally entirely suddenly
always random fine correct correctly wrong proper properly useful worried crazy fancy free kind sort bit couple
thing things stuff way ways case cases issue issues problem problems question questions idea example examples kindly
people person man guy guys friend kid partner colleague boss team predecessor office school home work job fun story part parts
lots time times day days today yesterday tomorrow week weeks month months year years hour hours minute minutes second seconds
moment noon weekend ago daily weekly monthly monday tuesday wednesday thursday friday saturday sunday january february march
april june july august september october november december while since yet bunch number amount everything locally local
place point side top bottom line lines file files folder code thing input something line advice reason opinion everywhere
all another first third same via onto step steps offer offered introduce making done pass passes passed work happening
currently whatever somebody apart basis fact matter far next anymore sense order-of fully lately previously originally missing-out
begin beginning lie lying restart reboot change begins ends says saying knows thinks wants goes comes
ours whose lets theres thats its heres shes hes theyre youre weve youve theyve isn aren wasn weren doesn didn don couldn
wouldn shouldn hasn haven hadn won ll ve re whats hows wheres dear regards cheers anyone
`);

/** Words that a name may hold where better ones are missing. */
export const WEAK_WORDS = words(`
rename refactor migrate upgrade replace remove delete convert split review export import explain improve optimize optimise
extract introduce bump port switch generate expose install deploy update clean cleanup rewrite reduce return returns returned
fail fails failed failing failure break breaks broke broken error errors exception bug bugs crash message messages
app application apps service services system systems page pages user users customer customers client clients server servers
data value values object function functions method methods class classes type types variable field fields feature features
project repo repository codebase module modules library package packages tool tools script table tables list item items
production prod staging development dev environment env machine computer laptop version versions option options
test tests company product version text string name names result results response request requests log logs
properties property argument mode strict state view shared level action actual act acts support section base based process software program website site web platform internal external public private legacy
design plan compare comparison approach strategy architecture proposal draft estimate effort tradeoffs pros cons choose
pick decide ideas brainstorm think task tasks tickets ticket story stories epic
receive receives received send sends sent load loads loaded save saves saved read reads reading print returns connected
works grow grows growing begin affected related cause causes caused produce produces produced collect collects pull push
`);

/** Words by which a colleague knows at once what it is about: techniques, products, symptoms. */
export const STRONG_WORDS = words(`
s3 iam ec2 ecs eks lambda aws azure gcp cloudfront route53 dynamodb sqs sns rds vpc alb nat cdk terraform pulumi ansible
kubernetes k8s helm docker dockerfile podman nomad kubectl istio nginx apache caddy haproxy traefik cloudflare vercel netlify
heroku github gitlab bitbucket jenkins circleci actions pipeline workflow ci cd prometheus grafana datadog sentry
systemd cron ssh ssl tls dns vpn tcp udp http https grpc rest graphql websocket websockets webhook webhooks cors oauth oidc
saml sso jwt totp 2fa mfa csrf xss auth login logout signup password session cookie token redirect preflight proxy
postgres postgresql mysql mariadb sqlite mongodb mongo redis memcached elasticsearch opensearch typesense kafka rabbitmq
celery sidekiq airflow dbt snowflake bigquery redshift spark pandas numpy pytorch tensorflow cuda llama langchain rag
embeddings pgvector transformer matplotlib jupyter sql orm prisma sqlalchemy migration migrations schema index deadlock
replication replica sharding backup backups query join transaction
react vue angular svelte nextjs nuxt django flask rails laravel spring express fastapi node nodejs deno bun npm yarn pnpm pip
webpack vite babel eslint prettier typescript javascript python rust golang java kotlin swift php ruby perl scala haskell
elixir cobol lua bash zsh powershell vim emacs vscode xcode gradle maven cmake linker gcc clang llvm bazel
ios android iphone firefox chrome safari browser electron flutter css html svg canvas wasm webgl grid flexbox sidebar modal
tailwind dropdown tooltip i18n a11y accessibility
playwright cypress selenium jest mocha pytest junit flaky benchmark coverage lint linter
memory leak heap gc cpu gpu oom timeout timeouts latency lag rebalance rebalancing segfault panic crash overflow race mutex
semaphore thread threads concurrency async await closure closures recursion regex parser lexer tokenizer compiler cache
caching ttl stale queue worker pagination cursor rate limit limiting limiter retry retries backoff deadline throttling
encryption certificate csv json yaml toml xml pdf excel xlsx markdown protobuf avro parquet
stripe paypal twilio slack discord telegram whatsapp openai anthropic bot scraper crawler
arduino sensor sensors microservices monolith monorepo turborepo crdt sourcing tenant
feature-flag flags launchdarkly checkout cart payment invoice invoices billing upload uploads
notification notifications email emails search roadmap sprint onboarding sitemap calendar
accessdenied denied permission forbidden unauthorized duplicate timezone rounding encoding unicode utf8 conflict conflicts rebase merge
gdpr audit dependency injection telemetry tracing disconnects disconnect
crashloopbackoff econnrefused enoent eacces stuck slow loop provisioning signing
`);

/** Written otherwise in a name: shorter, or as one word. */
export const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    authentication: 'auth',
    authorization: 'auth',
    configuration: 'config',
    application: 'app',
    documentation: 'docs',
    environment: 'env',
    repository: 'repo',
    directory: 'dir',
    production: 'prod',
    internationalization: 'i18n',
    localization: 'l10n',
    'c++': 'cpp',
    'c#': 'csharp',
    'f#': 'fsharp',
    'ci/cd': 'cicd',
    'n+1': 'n1',
  }),
);

/** Words of code that name nothing. */
export const CODE_WORDS = words(`
const let var function def class func fn struct impl trait enum interface type return if else elif for while do switch case
break continue try catch except finally throw throws raise new delete import from export default public private protected
static final void int float double bool boolean char string str number any null none nil true false this self
super async await yield in of is not and or with as pass lambda let mut pub use mod package select where group order by left
right inner outer join on limit insert into values update set create table drop alter primary key foreign references not
bigint bigserial serial text varchar integer timestamp timestamptz date json jsonb unique console log print println printf fmt
math object array list dict map get init main args argv len range append push data value values item items result res req
err error ctx props state node_modules src lib app index test tests spec usr home var opt srv dist node internal at line
`);
