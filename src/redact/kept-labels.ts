/**
 * Labels of names that tell nothing of whoever uses them, and so stay: without them nobody could see what a name
 * is. Everything else is replaced.
 */
const KUBERNETES =
  'svc pod cluster local default kube-system kube-public kube-node-lease kubernetes kube-dns kube-dns-upstream coredns ' +
  'node-local-dns nodelocaldns nodelocaldns-upstream localhost localdomain';

/** Labels that clouds give to every name of theirs. */
const CLOUDS =
  'internal compute compute-1 ec2 ip amazonaws aws elb rds s3 eks googleapis googleusercontent azure windows cloudapp cloudfront';

/** Reverse zones, reserved names (RFC 6761) and top-level domains that belong to nobody's brand. */
const TOP_LEVEL =
  'in-addr ip6 arpa example test invalid com net org edu gov mil int info biz name pro co ac or ne dev io';

/** Country codes (ISO 3166-1, and the exceptional eu, su, uk). */
const COUNTRIES =
  'ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ' +
  'ci ck cl cm cn cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm ' +
  'gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la ' +
  'lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc nf ng ni nl no np ' +
  'nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st ' +
  'su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';

/** Labels of services and protocols (RFC 8552's registry, and the port names of Kubernetes' own services). */
const SERVICES =
  '_tcp _udp _sctp _quic _dns _dns-tcp _domain _http _https _grpc _metrics _ldap _ldaps _kerberos _kpasswd _gc _msdcs _sip ' +
  '_sips _xmpp-client _xmpp-server _imap _imaps _submission _smtp _dmarc _domainkey _acme-challenge _mongodb _mysql ' +
  '_postgresql _redis _amqp _mqtt _etcd-server _etcd-client _etcd-server-ssl _etcd-client-ssl _srv _ntp _stun _turn';

/** A label that begins with one of these and a hyphen keeps them: `coredns-5d4f9-x2x4b`. */
export const KEPT_STEMS: ReadonlySet<string> = new Set(KUBERNETES.split(' '));

export const KEPT_LABELS: ReadonlySet<string> = new Set(
  [KUBERNETES, CLOUDS, TOP_LEVEL, COUNTRIES, SERVICES].flatMap((labels) => labels.split(' ')),
);
